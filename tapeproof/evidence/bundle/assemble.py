"""Assembles ``verify.py``: the modules of `tapeproof.evidence.verifier` as one file that needs nothing else."""

from __future__ import annotations

import ast
import importlib.util
import io
import tokenize
from functools import cache
from pathlib import Path

__all__ = ["SECTIONS", "AssemblyError", "verifier_source"]

AUDIT_LOG = ("errors", "merkle", "ecdsa_p256", "ed25519", "note", "checkpoint")
VERIFIER = (
    "findings",
    "archive",
    "strict_json",
    "keys",
    "dsse",
    "manifest",
    "comparison",
    "contents",
    "criteria",
    "shapes",
    "judgement",
    "gate_evidence",
    "sightings",
    "rows",
    "population",
    "exceptions",
    "status",
    "counting",
    "junit_evidence",
    "git_evidence",
    "audit_evidence",
    "derive",
    "rendered",
    "checking",
    "screen",
)
SECTIONS = (
    "tapeproof.terminal",
    "tapeproof.errors",
    *(f"tapeproof.log.{name}" for name in AUDIT_LOG),
    *(f"tapeproof.evidence.verifier.{name}" for name in VERIFIER),
)
"""Every module, each after what it uses."""
HEADER = '''#!/usr/bin/env python3
"""Verify a Tapeproof evidence bundle, offline, with Python 3.9 or later and nothing else.

    python3 verify.py BUNDLE --fingerprint sha256:…

BUNDLE is a folder or a zip file; nothing is extracted and nothing is sent anywhere. It checks the signature, the
manifest, every file's SHA-256, and derives every verdict again from the evidence. Exit status: 0 verified,
1 tampered (each finding is named), 3 unsigned or no key was named, 5 not a bundle, 74 the result could not be printed.
Get this file, or its SHA-256, from somewhere other than the bundle if you do not trust who gave you the bundle.
"""
'''
OLD_PYTHON = """
if sys.version_info < (3, 9):  # before anything below, which an older Python may not understand
    sys.stderr.write("error: Python 3.9 or later is needed\\n")
    sys.exit(5)
"""
FOOTER = '\n\nif __name__ == "__main__":\n    sys.exit(verify_main())\n'


class AssemblyError(Exception):
    """The modules cannot become one file."""


class _Assembly:
    def __init__(self) -> None:
        self.imports: dict[str, set[str]] = {}
        self.owners: dict[str, str] = {}
        self.bodies: list[str] = []

    def add(self, section: str) -> None:
        text = self._with_own_names(_source(section), section)
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
        elif module.split(".")[0] == "tapeproof":
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
        for name in _defined(node):
            if self.owners.setdefault(name, section) != section:
                raise AssemblyError(f"both {self.owners[name]} and {section} define {name}")

    def _with_own_names(self, text: str, section: str) -> str:
        """Give a private name that a section above has already taken the section's name behind it."""
        own = {name for node in ast.parse(text).body for name in _defined(node)}
        taken = {name for name in own if name.startswith("_") and name in self.owners}
        suffix = "_" + section.rsplit(".", maxsplit=1)[-1]
        tokens, before = [], ""
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            mine = token.type == tokenize.NAME and token.string in taken and before != "."
            tokens.append((token.type, token.string + suffix if mine else token.string, token))
            before = token.string
        return _rewritten(text, tokens) if taken else text


@cache
def verifier_source() -> str:
    """Return the text of ``verify.py``.

    Raises:
        AssemblyError: Two modules define one name, or a module uses what is not above it.
    """
    assembly = _Assembly()
    for section in SECTIONS:
        assembly.add(section)
    head = f"{HEADER}\nfrom __future__ import annotations\n\n{assembly.header()}\n{OLD_PYTHON}"
    text = f"{head}{''.join(assembly.bodies)}{FOOTER}"
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


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    flat = [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return [target.id for target in flat if isinstance(target, ast.Name)]


def _rewritten(text: str, tokens: list[tuple[int, str, tokenize.TokenInfo]]) -> str:
    """Return the text with the tokens' new spellings at their old places, so that its layout stays."""
    lines = text.splitlines(keepends=True)
    for _, spelling, token in reversed(tokens):
        if spelling != token.string:
            row, column = token.start
            line = lines[row - 1]
            lines[row - 1] = line[:column] + spelling + line[column + len(token.string) :]
    return "".join(lines)
