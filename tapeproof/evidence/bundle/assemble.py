"""Assembles ``verify.py``: the modules of `tapeproof.evidence.verifier` as one file that needs nothing else."""

from __future__ import annotations

import ast
import importlib.util
import re
from functools import cache
from pathlib import Path

from tapeproof.evidence.bundle.catalogue import released_catalogue
from tapeproof.evidence.reports.html.template import style_template

__all__ = ["SECTIONS", "AssemblyError", "verifier_source"]

AUDIT_LOG = ("errors", "merkle", "ecdsa_p256", "ed25519", "note", "checkpoint")
VERIFIER = (
    "findings",
    "archive",
    "strict_json",
    "keys",
    "dsse",
    "ssh_signature",
    "manifest",
    "comparison",
    "contents",
    "layout",
    "observation",
    "operators",
    "criteria",
    "shapes",
    "judgement",
    "gate_evidence",
    "sightings",
    "rows",
    "population",
    "exceptions",
    "manual_evidence",
    "status",
    "counting",
    "junit_evidence",
    "git_evidence",
    "audit_evidence",
    "scope",
    "origin",
    "period",
    "reservations",
    "derive",
    "memory",
    "screen",
)
REPORTS = (
    "view",
    "html.wording",
    "html.markup",
    "html.template",
    "html.style",
    "html.charts",
    "html.opening",
    "html.cover",
    "html.manual",
    "html.matter",
    "html.audit",
    "html.sheets",
    "html.closing",
    "html.report",
    "oscal_parts",
    "oscal",
    "oscal_component",
    "oscal_plan",
    "oscal_poam",
    "oscal_ssp",
    "security_hub",
    "sarif",
    "junit",
    "matrix",
    "tickets",
    "readme",
    "registry",
    "rendering",
)
CHECKING = (
    "release",
    "outcome",
    "countersignature",
    "tags",
    "entries",
    "reports",
    "inventory",
    "terms",
    "bundle",
    "chain",
    "command",
)
SECTIONS = (
    "tapeproof.terminal",
    "tapeproof.errors",
    *(f"tapeproof.log.{name}" for name in AUDIT_LOG),
    "tapeproof.account.origin",
    *(f"tapeproof.evidence.verifier.{name}" for name in VERIFIER),
    *(f"tapeproof.evidence.reports.{name}" for name in REPORTS),
    *(f"tapeproof.evidence.checking.{name}" for name in CHECKING),
)
"""Every module, each after what it uses."""
HEADER = '''#!/usr/bin/env python3
"""Verify a Tapeproof evidence bundle, offline, with Python 3.9 or later and nothing else.

    python3 verify.py BUNDLE --fingerprint sha256:…

BUNDLE is a folder or a zip file; nothing is extracted and nothing is sent anywhere. It checks the signature, the
manifest, every file's SHA-256, derives every verdict again from the evidence and renders every report again. Exit
status: 0 verified, 1 tampered (each finding is named), 3 unsigned or no key was named, 4 not what is expected, 5 not a
bundle, 74 the result could not be printed. Get this file, or its SHA-256, from a release of the project and not from
the bundle: who made the bundle could have changed the copy in it.
"""
'''
ALONE = """
import sys

if __name__ == "__main__":  # a file that lies beside this one is never taken for a module of the standard library
    if not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
        del sys.path[0]  # the folder of this file, which Python puts first
    import os

    here = os.path.dirname(os.path.realpath(__file__))
    sys.path[:] = [path for path in sys.path if path and os.path.realpath(path) != here]
"""
OLD_PYTHON = """
if sys.version_info < (3, 9):  # before anything below, which an older Python may not understand
    sys.stderr.write("error: Python 3.9 or later is needed\\n")
    sys.exit(5)
"""
FOOTER = '\n\nif __name__ == "__main__":\n    sys.exit(verify_main())\n'


def _template_section() -> str:
    return f'''"""The style sheet's template."""

STYLE_TEMPLATE = {_literal(style_template())}


def style_template() -> str:
    return STYLE_TEMPLATE
'''


def _release_section() -> str:
    digests = "\n".join(f"{digest} {name}" for name, digest in sorted(released_catalogue().items()))
    if any(mark in digests for mark in ('"""', "\\")):
        raise AssemblyError("a name in the catalogue cannot stand in verify.py")
    name = "tapeproof.evidence.checking.release"
    text = Path(str(importlib.util.find_spec(name).origin)).read_text(encoding="utf-8")  # type: ignore[union-attr]
    # One text and not a dictionary of a thousand texts: the interpreter compiles this file on every start.
    embedded = f'RELEASED: Release | None = Release(read_digests("""\n{digests}\n"""), "")'
    if UNRELEASED not in text:
        raise AssemblyError(f"{name} has no place for the release's digests")
    return text.replace(UNRELEASED, embedded)


def _literal(text: str) -> str:
    return "(\n" + "\n".join(f"    {line!r}" for line in text.splitlines(keepends=True)) + "\n)"


UNRELEASED = "RELEASED: Release | None = None"
EMBEDDED = {
    "tapeproof.evidence.reports.html.template": _template_section,
    "tapeproof.evidence.checking.release": _release_section,
}
"""Sections whose text is made here, because what they give lies in files that do not travel."""


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
            hidden = sorted(name for name in kept if name in self.owners)
            if hidden:
                raise AssemblyError(f"{section} imports {', '.join(hidden)}, which {self.owners[hidden[0]]} defines")
            self.imports.setdefault(module, set()).update(kept)

    def _refuse_imported(self, name: str, section: str) -> None:
        """Refuse a definition that would hide, in the one file, what another section imports by that name."""
        module = next((module for module, names in self.imports.items() if module and name in names), "")
        if module or name in self.imports.get("", ()):
            raise AssemblyError(f"{section} defines {name}, which is imported{' from ' * bool(module)}{module}")

    def _take_types(self, node: ast.stmt) -> None:
        """Keep what only type checkers need when the standard library has it; the rest is in this file anyway."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.ImportFrom) and inner.module and inner.module not in SECTIONS:
                self.imports.setdefault(inner.module, set()).update(alias.name for alias in inner.names)

    def _take_names(self, node: ast.stmt, section: str) -> None:
        for name in _list_definitions(node):
            self._refuse_imported(name, section)
            if self.owners.setdefault(name, section) != section:
                raise AssemblyError(f"both {self.owners[name]} and {section} define {name}")

    def _with_own_names(self, text: str, section: str) -> str:
        """Give a private name that a section above has already taken the section's name behind it."""
        tree = ast.parse(text)
        own = {name for node in tree.body for name in _list_definitions(node)}
        taken = sorted(name for name in own if name.startswith("_") and name in self.owners)
        methods = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} - own
        if methods & set(taken):
            raise AssemblyError(f"{section} has a function and a method called {', '.join(methods & set(taken))}")
        suffix = "_" + section.removeprefix("tapeproof.").replace(".", "_")
        # The whole text, not its tokens: before Python 3.12 names inside f-strings are no tokens.
        return re.sub(rf"(?<![\w.])({'|'.join(taken)})\b", rf"\g<1>{suffix}", text) if taken else text


@cache
def verifier_source() -> str:
    """Return the text of ``verify.py``.

    Raises:
        AssemblyError: Two modules define one name, or a module uses what is not above it.
    """
    assembly = _Assembly()
    for section in SECTIONS:
        assembly.add(section)
    head = f"{HEADER}\nfrom __future__ import annotations\n{ALONE}\n{assembly.header()}\n{OLD_PYTHON}"
    text = f"{head}{''.join(assembly.bodies)}{FOOTER}"
    return text.replace("from typing import \n", "")


def _source(section: str) -> str:
    if section in EMBEDDED:
        return EMBEDDED[section]()
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


def _list_definitions(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    flat = [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return [target.id for target in flat if isinstance(target, ast.Name)]
