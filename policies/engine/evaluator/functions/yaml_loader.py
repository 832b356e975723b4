"""YAML as Terraform reads it: the core schema of YAML 1.2, so ``yes`` is a string and ``1.50`` a number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import yaml

__all__ = ["Loader"]


class Loader(yaml.SafeLoader):
    """A safe loader with the scalars of the core schema."""


def _number(loader: Loader, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - int or Decimal
    del loader
    number = Decimal(node.value.replace("_", ""))
    return int(number) if number == number.to_integral_value() else number


def _radix(loader: Loader, node: yaml.ScalarNode) -> int:
    del loader
    return int(node.value, 0)


def _text(loader: Loader, node: yaml.ScalarNode) -> str:
    del loader
    return str(node.value)


Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:tapeproof,2026:radix", r"[-+]?0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+", list("-+0")),
    ("tag:tapeproof,2026:number", r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", list("-+.0123456789")),
    ("tag:yaml.org,2002:merge", r"<<", ["<"]),
):
    Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _first)
Loader.add_constructor("tag:tapeproof,2026:number", _number)
Loader.add_constructor("tag:tapeproof,2026:radix", _radix)
Loader.add_constructor("tag:yaml.org,2002:timestamp", _text)
