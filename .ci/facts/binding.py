"""A newer AWS provider's names, from a package of npm that was generated from its schema.

    npm pack @cdktn/provider-aws@25.7.0   # and unpack it
    .ci/generate-facts --binding FOLDER

Types, arguments and blocks are taken, and nothing that is code. The package does not say what is sensitive.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from provider import Schemas

__all__ = ["read_binding", "read_version"]

_INTERFACE = re.compile(r"^export interface (\w+)[^{]*\{(.*?)^\}", re.MULTILINE | re.DOTALL)
_ARGUMENT = re.compile(r"resources/\w+#(\w+) \w+#\w+\}.*?readonly \w+(\??): (\{|[^;{]+)", re.DOTALL)
_TYPE = re.compile(r'tfResourceType = "(\w+)"')
_KINDS = (("string", "string"), ("number", "number"), ("boolean", "bool"))

Arguments = list[tuple[str, str, str]]
"""Name, a question mark where it is optional, and its type in TypeScript."""


def read_version(folder: Path) -> str:
    """Return the package and the provider that it was made from."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    made_from = next(package[key]["provider"] for key in ("cdktn", "cdktf") if "provider" in package.get(key, {}))
    return f"{package['name']} {package['version']} (npm), generated from hashicorp/aws {made_from['version']}"


def read_binding(folder: Path) -> Schemas:
    """Return the resources of the provider as its schema would have them."""
    found = (_read_type(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("lib/*/index.d.ts")))
    return {"resource": {type_: block for type_, block in found if type_}}


def _read_type(source: str) -> tuple[str, dict[str, Any]]:
    interfaces: dict[str, Arguments] = {name: _ARGUMENT.findall(body) for name, body in _INTERFACE.findall(source)}
    top = next((name for name in interfaces if name.endswith("Config") and f"{name} extends" in source), "")
    type_ = _TYPE.search(source)
    is_resource = f"resources/{type_[1].removeprefix('aws_')}#" in source if type_ else False
    return (type_[1], _block_of(interfaces, top, ())) if type_ and top and is_resource else ("", {})


def _block_of(interfaces: dict[str, Arguments], name: str, above: tuple[str, ...]) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    blocks: dict[str, Any] = {}
    for argument, optional, kind in interfaces.get(name, []):
        word = re.match(r"\w+", kind)
        inner = word[0] if word and word[0] in interfaces and word[0] not in above else ""
        if inner:
            blocks[argument] = {"block": _block_of(interfaces, inner, (*above, name))}
        else:
            attributes[argument] = {"type": _kind(kind), "required": not optional, "optional": bool(optional)}
    return {"attributes": attributes, "block_types": blocks}


def _kind(written: str) -> str | list[str]:
    is_one = "[]" not in written
    return next((ours for theirs, ours in _KINDS if is_one and written.startswith(theirs)), ["list", "string"])
