"""Who imports whom: every import of the project's own modules, in functions and for types too."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["all_imports_of", "circles", "imports_of", "modules", "runtime_imports_of"]

_ROOTS = {"tapeproof": PROJECT, "handlers": PROJECT / "lambda"}


def modules() -> dict[str, Path]:
    """Return the file of every module of the program and of the functions, by dotted name."""
    found = {}
    for package, root in _ROOTS.items():
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_of(path: Path, known: Mapping[str, Path]) -> set[str]:
    """Return the project's modules that a file imports anywhere, under ``TYPE_CHECKING`` and in functions too."""
    return set(_named(ast.walk(ast.parse(path.read_text(encoding="utf-8"))), known))


def all_imports_of(path: Path) -> set[str]:
    """Return the first name of everything that a file imports, the project's own and others'."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def runtime_imports_of(path: Path, known: Mapping[str, Path]) -> set[str]:
    """Return the project's modules that a file needs when it runs: those for types only are left out."""
    return set(_named(_executed(ast.parse(path.read_text(encoding="utf-8"))), known))


def circles(arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that import each other round a circle (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(arrows.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            group, stack[at:] = stack[at:], []
            if len(group) > 1 or node in arrows.get(node, ()):
                found.append(sorted(group))

    for node in sorted(arrows):
        if node not in index:
            visit(node)
    return found


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            yield node
            yield from _executed(node)


def _named(nodes: Iterator[ast.AST], known: Mapping[str, Path]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in inner)
