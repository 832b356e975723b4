"""The schema of the locked AWS provider, as Terraform prints it, and the attributes in it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.local.terraform import find_terraform, plugin_dir, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["PROVIDER_VERSION", "Attribute", "Schemas", "attributes_of", "read_schemas"]

PROVIDER_VERSION = "5.100.0"
"""What ``stack/.terraform.lock.hcl`` locks; a test holds the two equal."""
_SOURCE = "registry.terraform.io/hashicorp/aws"
_CONFIGURATION = f"""terraform {{
  required_providers {{
    aws = {{
      source  = "hashicorp/aws"
      version = "{PROVIDER_VERSION}"
    }}
  }}
}}
"""
_TIMEOUT_S = 300

Schemas = dict[str, dict[str, Any]]
"""Blocks by type, for each of ``resource``, ``data`` and ``ephemeral``."""


class Attribute(NamedTuple):
    """One attribute of a type, nested ones included.

    Attributes:
        path: Dotted, ``inline_policy.policy``.
        type: ``string``, ``bool``, ``number``, or the kind of a collection.
        required: Whether a configuration must set it.
        settable: Whether it may.
        sensitive: Whether Terraform hides it.
        computed: Whether the provider fills it in where no configuration sets it.
    """

    path: str
    type: str
    required: bool
    settable: bool
    sensitive: bool
    computed: bool

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]


def read_schemas() -> Schemas:
    """Return the schemas of the locked provider.

    Raises:
        OSError: Terraform or the provider cannot be had.
        subprocess.SubprocessError: Terraform refuses.
    """
    binary, mirror = find_terraform(), plugin_dir()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.tf").write_text(_CONFIGURATION, encoding="utf-8")
        _run(folder, str(binary), "init", "-backend=false", *([f"-plugin-dir={mirror}"] if mirror else []))
        printed = json.loads(_run(folder, str(binary), "providers", "schema", "-json"))
    provider = printed["provider_schemas"][_SOURCE]
    keys = {"resource": "resource_schemas", "data": "data_source_schemas", "ephemeral": "ephemeral_resource_schemas"}
    return {mode: {type_: schema["block"] for type_, schema in provider[key].items()} for mode, key in keys.items()}


def attributes_of(block: Mapping[str, Any], outer: str = "") -> Iterator[Attribute]:
    """Yield the attributes of a block of the schema, and of those nested in it."""
    for name, attribute in block.get("attributes", {}).items():
        nested = attribute.get("nested_type")
        yield Attribute(
            path=f"{outer}{name}",
            type=_kind(attribute.get("type")),
            required=bool(attribute.get("required")),
            settable=bool(attribute.get("required") or attribute.get("optional")),
            sensitive=bool(attribute.get("sensitive")),
            computed=bool(attribute.get("computed")),
        )
        if nested:
            yield from attributes_of(nested, f"{outer}{name}.")
    for name, inner in block.get("block_types", {}).items():
        yield from attributes_of(inner["block"], f"{outer}{name}.")


def _kind(type_: Any) -> str:  # noqa: ANN401 - a type is a word, or a list that begins with one
    return "object" if type_ is None else str(type_[0] if isinstance(type_, list) else type_)


def _run(folder: Path, *command: str) -> str:
    environment = {name: value for name, value in terraform_environment().items() if not name.startswith("AWS_")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=_TIMEOUT_S
    )
    return done.stdout
