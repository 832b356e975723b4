"""Assembles ``verify.py``: the modules of `compliance.bundle.verifier` as one file that needs nothing else."""

from __future__ import annotations

import ast
import importlib.util
from functools import cache
from pathlib import Path

__all__ = ["SECTIONS", "AssemblyError", "verifier_source"]

VERIFIER = "compliance.bundle.verifier"
SECTIONS = (
    *(
        f"{VERIFIER}.{name}"
        for name in (
            "findings",
            "archive",
            "strict_json",
            "p256",
            "ed25519",
            "keys",
            "dsse",
            "manifest",
            "criteria",
            "judgements",
            "population",
            "exceptions",
            "status",
            "junit_evidence",
            "git_evidence",
            "audit_evidence",
            "derive",
            "rendered",
            "checking",
            "screen",
        )
    ),
)
"""Every module, each after what it uses."""
HEADER = '''#!/usr/bin/env python3
"""Verify a Tapeproof evidence bundle, offline, with Python 3.9 or later and nothing else.

    python3 verify.py BUNDLE --fingerprint sha256:…

BUNDLE is a folder or a zip file; nothing is extracted and nothing is sent anywhere. It checks the signature, the
manifest, every file's SHA-256, and derives every verdict again from the evidence. Exit status: 0 verified,
1 tampered (each finding is named), 3 unsigned or no key was named, 5 not a bundle.
Get this file, or its SHA-256, from somewhere other than the bundle if you do not trust who gave you the bundle.
"""
'''
FOOTER = '\n\nif __name__ == "__main__":\n    sys.exit(verify_main())\n'


class AssemblyError(Exception):
    """The modules cannot become one file."""


class _Assembly:
    def __init__(self) -> None:
        self.imports: dict[str, set[str]] = {}
        self.owners: dict[str, str] = {}
        self.bodies: list[str] = []

    def add(self, section: str) -> None:
        text = _source(section)
        tree, lines, dropped = ast.parse(text), text.splitlines(), set[int]()
        for node in tree.body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._take_import(node, section)
            elif _is_for_types(node):
                self._take_types(node)
            elif not _is_heading(node, tree):
                self._take_names(node, section)
                continue
            dropped |= set(range(node.lineno - 1, node.end_lineno or node.lineno))
        title = (ast.get_docstring(tree) or section).split("\n\n", maxsplit=1)[0].replace("\n", "\n# ")
        body = "\n".join(line for number, line in enumerate(lines) if number not in dropped).strip("\n")
        self.bodies.append(f"\n\n# {'-' * 117}\n# {title}\n\n{body}\n")

    def header(self) -> str:
        plain = [f"import {name}" for name in sorted(self.imports.get("", ()))]
        chosen = [
            f"from {module} import {', '.join(sorted(self.imports[module]))}"
            for module in sorted(self.imports)
            if module
        ]
        return "\n".join([*plain, *chosen])

    def _take_import(self, node: ast.Import | ast.ImportFrom, section: str) -> None:
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        names = [alias.name for alias in node.names]
        if module in SECTIONS:
            absent = [name for name in names if self.owners.get(name) != module]
            if absent:
                raise AssemblyError(f"{section} uses {', '.join(absent)} of {module}, which is not above it")
        elif module.split(".")[0] in {"audit_log", "compliance"}:
            raise AssemblyError(f"{section} uses {module}, which does not travel in the bundle")
        elif module != "__future__":
            kept = {ast.unparse(alias) for alias in node.names if alias.name != "TYPE_CHECKING"}
            self.imports.setdefault(module, set()).update(kept)

    def _take_types(self, node: ast.stmt) -> None:
        """Keep what only type checkers need when the standard library has it; the rest is in this file anyway."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.ImportFrom) and inner.module and inner.module not in SECTIONS:
                self.imports.setdefault(inner.module, set()).update(alias.name for alias in inner.names)

    def _take_names(self, node: ast.stmt, section: str) -> None:
        named: list[str] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            named = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = [target.id for target in targets if isinstance(target, ast.Name)]
        for name in named:
            if self.owners.setdefault(name, section) != section:
                raise AssemblyError(f"both {self.owners[name]} and {section} define {name}")


@cache
def verifier_source() -> str:
    """Return the text of ``verify.py``.

    Raises:
        AssemblyError: Two modules define one name, or a module uses what is not above it.
    """
    assembly = _Assembly()
    for section in SECTIONS:
        assembly.add(section)
    text = f"{HEADER}\nfrom __future__ import annotations\n\n{assembly.header()}\n{''.join(assembly.bodies)}{FOOTER}"
    return text.replace("from typing import \n", "")


def _source(section: str) -> str:
    found = importlib.util.find_spec(section)
    if found is None or found.origin is None:
        raise AssemblyError(f"there is no module {section}")
    return Path(found.origin).read_text(encoding="utf-8")


def _is_heading(node: ast.stmt, tree: ast.Module) -> bool:
    docstring = node is tree.body[0] and isinstance(node, ast.Expr)
    exports = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
    return docstring or exports


def _is_for_types(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
