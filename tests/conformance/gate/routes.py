"""The same root written otherwise: inside a module, in JSON syntax, its literals in locals. No verdict may change."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.errors import GateError
from tapeproof.gate.engine.evaluator.syntax import Call, Constant, Listing, Name, Object
from tapeproof.gate.frontends.hcl.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.syntax import At, Body, Expression

__all__ = ["ROUTES", "copy_otherwise"]

_VARIABLE = re.compile(r'^variable "\w+" \{.*?^\}', re.MULTILINE | re.DOTALL)
# A ciphertext is told from a secret by what the setting is called: it stays in its place.
_LITERAL = re.compile(
    r'^(\s+(?!source|prevent_destroy|type|encrypted_value)\w+\s*=\s*)("[^"$%\\]*"|true|false|\d+)\s*$'
)
_OF_ROOTS = (".tfvars.json", ".tfquery.hcl", ".tfdeploy.hcl", ".tfstack.hcl", ".tfcomponent.hcl", "terragrunt.hcl")
"""How files end that say something only in a root."""
_NAMES = frozenset({"ignore_changes", "depends_on", "replace_triggered_by"})
_BARE = frozenset({"provider", "providers", "from", "to", "iterator"})
_TYPES = frozenset({"string", "number", "bool", "any", "list", "map", "set", "object", "tuple"})


class OtherWayError(Exception):
    """A root cannot be written this way."""


def through_module(root: Path) -> None:
    """Move a root into a module that is called once for a key.

    Raises:
        OtherWayError: Variables get values from outside, files are named from the working directory, or there are
            outputs, which Terraform shows of the root only.
    """
    texts = {path: path.read_text(encoding="utf-8") for path in root.rglob("*") if path.is_file()}
    if any(path.suffix == ".tfvars" or path.name.endswith(_OF_ROOTS) for path in texts):
        raise OtherWayError
    own = "\n".join(text for path, text in texts.items() if path.parent == root)
    if any("default" not in variable for variable in _VARIABLE.findall(own)):
        raise OtherWayError
    if (
        re.search(r'file\("(?!\$\{path)', own)
        or "environment_suffix" in own
        or re.search(r"^output ", own, re.MULTILINE)
    ):
        raise OtherWayError
    inner = root.with_name(f"{root.name}-inner")
    root.rename(inner)
    root.mkdir()
    inner.rename(root / "inner")
    call = 'module "inner" {\n  source   = "./inner"\n  for_each = toset(["a"])\n}\n'
    (root / "main.tf").write_text(call, encoding="utf-8")


def in_json(root: Path) -> None:
    """Write every file of Terraform and OpenTofu in JSON syntax.

    Raises:
        OtherWayError: A heredoc stands in it, which JSON has no place for.
    """
    for path in sorted(root.rglob("*")):
        if path.suffix in {".tf", ".tofu"}:
            text = path.read_text(encoding="utf-8")
            found = _Json(text).body(Sources().parse_file(path).body)
            path.with_name(f"{path.name}.json").write_text(json.dumps(found), encoding="utf-8")
            path.unlink()


class _Json:
    """Writes the syntax of one file as JSON."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")

    def body(self, body: Body) -> dict[str, Any]:
        found: dict[str, Any] = {one.name: self._value(one.expression, one.name) for one in body.attributes}
        for block in body.blocks:
            inner = self.body(block.body)
            at = found
            for step in (block.type, *block.labels)[:-1]:
                at = at.setdefault(step, {})
            at.setdefault((block.type, *block.labels)[-1], []).append(inner)
        return found

    def _value(self, node: Expression, name: str) -> Any:  # noqa: ANN401 - JSON is Any
        text = self._text(node.at)
        if "<<" in text:
            raise OtherWayError
        if isinstance(node, Constant):
            return self._constant(node)
        if name == "default" and isinstance(node, Listing):
            return [self._value(item, name) for item in node.items]
        if name == "default" and isinstance(node, Object):
            return {self._key(key): self._value(value, name) for key, value in node.items}
        if name in _NAMES and isinstance(node, Listing):
            return [self._text(item.at) for item in node.items]
        if name == "providers" and isinstance(node, Object):
            return {self._key(key): self._text(value.at) for key, value in node.items}
        type_ = name == "type" and isinstance(node, (Name, Call)) and text.partition("(")[0] in _TYPES
        return text if type_ or name in _BARE | _NAMES else f"${{{text}}}"

    @staticmethod
    def _constant(node: Constant) -> str | float | None:
        if isinstance(node.value, str):
            return node.value.replace("${", "$${").replace("%{", "%%{")
        return node.value if node.value is None or isinstance(node.value, int) else float(node.value)

    def _key(self, key: Expression) -> str:
        return str(key.value) if isinstance(key, Constant) else self._text(key.at)

    def _text(self, at: At) -> str:
        first, last = self.lines[at[0] - 1], self.lines[at[2] - 1]
        if at[0] == at[2]:
            return first[at[1] - 1 : at[3] - 1]
        return "\n".join([first[at[1] - 1 :], *self.lines[at[0] : at[2] - 1], last[: at[3] - 1]])


def through_locals(root: Path) -> None:
    """Put the literals of resources into locals.

    Raises:
        OtherWayError: There are none.
    """
    changed = [_hoist(path) for path in sorted(root.rglob("*.tf"))]
    if not any(changed):
        raise OtherWayError


def _hoist(path: Path) -> bool:
    values: list[str] = []
    lines = list(_hoisted(path.read_text(encoding="utf-8"), path.stem, values))
    if values:
        named = (f"  hoisted_{path.stem}_{number} = {value}\n" for number, value in enumerate(values, 1))
        path.write_text("\n".join(lines) + "\nlocals {\n" + "".join(named) + "}\n", encoding="utf-8")
    return bool(values)


def _hoisted(text: str, stem: str, values: list[str]) -> Iterator[str]:
    inside = False
    for line in text.split("\n"):
        if line[:1].strip():
            inside = line.startswith("resource ") or (inside and line.startswith("}"))
        found = _LITERAL.match(line) if inside else None
        if found is None:
            yield line
        else:
            values.append(found[2])
            yield f"{found[1]}local.hoisted_{stem}_{len(values)}"


ROUTES: tuple[Callable[[Path], None], ...] = (through_module, in_json, through_locals)
"""Each writes the files of a root otherwise."""


def copy_otherwise(case: Path, copy: Path, first: int) -> str:
    """Copy a case and write it otherwise, in the first way from one on that it can be; return which, or nothing."""
    for turn in range(len(ROUTES)):
        route = ROUTES[(first + turn) % len(ROUTES)]
        shutil.copytree(case, copy, ignore=shutil.ignore_patterns("case.json"))
        try:
            route(copy)
        except (OtherWayError, GateError):  # nothing is written otherwise that cannot be read
            shutil.rmtree(copy)
            continue
        return route.__name__
    return ""
