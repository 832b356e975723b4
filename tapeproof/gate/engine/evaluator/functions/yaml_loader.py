"""YAML as Terraform reads it: its booleans, exact numbers, timestamps as strings."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

import yaml

__all__ = ["Loader"]


class Loader(yaml.SafeLoader):
    """A safe loader with the scalars that Terraform has."""


def _number(loader: Loader, node: yaml.ScalarNode) -> int | Decimal:
    del loader
    number = Decimal(node.value)
    return int(number) if number == number.to_integral_value() else number


def _radix(loader: Loader, node: yaml.ScalarNode) -> int:
    del loader
    return int(node.value, 0)


def _truth(loader: Loader, node: yaml.ScalarNode) -> bool:
    del loader
    return node.value.lower() in {"y", "yes", "true", "on"}


def _stamp(loader: Loader, node: yaml.ScalarNode) -> str:
    """Return a timestamp as Terraform does, to the second, as a string of RFC 3339."""
    stamp = loader.construct_yaml_timestamp(node)
    if not isinstance(stamp, datetime):
        return f"{stamp.isoformat()}T00:00:00Z"
    return stamp.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _any_case(*words: str) -> str:
    """Return a pattern of words in small letters, with a capital, or in capitals."""
    return "|".join(form for word in words for form in dict.fromkeys((word, word.capitalize(), word.upper())))


_CLOCK = r"(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?"
Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", f"~|{_any_case('null')}|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", _any_case("y", "yes", "true", "on", "n", "no", "false", "off"), list("yYtToOnNfF")),
    ("tag:tapeproof,2026:radix", r"[-+]?0x[0-9a-fA-F]+|0o[0-7]+", list("-+0")),
    ("tag:tapeproof,2026:number", r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?", list("-+.0123456789")),
    ("tag:tapeproof,2026:number", r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", list("-+.")),
    ("tag:tapeproof,2026:stamp", rf"\d{{4}}-\d\d-\d\d|\d{{4}}-\d\d?-\d\d?{_CLOCK}", list("0123456789")),
    ("tag:yaml.org,2002:merge", r"<<", ["<"]),
):
    Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _first)
Loader.add_constructor("tag:tapeproof,2026:number", _number)
Loader.add_constructor("tag:tapeproof,2026:radix", _radix)
Loader.add_constructor("tag:tapeproof,2026:stamp", _stamp)
Loader.add_constructor("tag:yaml.org,2002:bool", _truth)
