"""YAML as Terraform reads it: its booleans, exact numbers, timestamps as strings."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["Loader"]

_MOST_DIGITS = 1000


class Loader(yaml.SafeLoader):
    """A safe loader with the scalars that Terraform has."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Return a mapping whose keys are strings, as those of every object are.

        Raises:
            ConstructorError: A key is null.
        """
        made = super().construct_mapping(node, deep=deep)
        if None in made:
            raise yaml.constructor.ConstructorError(None, None, "a key cannot be null", node.start_mark)
        return {_as_string(key): value for key, value in made.items()}


def _as_string(key: Hashable) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)


def _number(loader: Loader, node: yaml.ScalarNode) -> int | Decimal:
    del loader
    number = Decimal(_short(node.value))
    if not number.is_finite():
        raise ValueError(f"{node.value} is no number that Terraform has")
    return int(number) if number == number.to_integral_value() else number


def _radix(loader: Loader, node: yaml.ScalarNode) -> int:
    del loader
    return int(_short(node.value), 0)


def _short(digits: str) -> str:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"{digits[:20]}... has too many digits")
    return digits


def _truth(loader: Loader, node: yaml.ScalarNode) -> bool:
    del loader
    return node.value.lower() in {"y", "yes", "true", "on"}


def _stamp(loader: Loader, node: yaml.ScalarNode) -> str:
    """Return a timestamp as Terraform does, to the second, as a string of RFC 3339."""
    try:
        stamp = loader.construct_yaml_timestamp(node)
    except ValueError:
        return str(node.value)  # the thirtieth of February is a string like any other
    if not isinstance(stamp, datetime):
        return f"{stamp.isoformat()}T00:00:00Z"
    stamp = stamp.replace(microsecond=0, tzinfo=stamp.tzinfo or UTC)
    return stamp.isoformat().replace("+00:00", "Z")


def _in_base64(loader: Loader, node: yaml.ScalarNode) -> str:
    """Return bytes as they are written: Terraform's strings cannot hold any others."""
    return str(loader.construct_scalar(node))


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
    ("tag:tapeproof,2026:stamp", rf"\d{{4}}-\d\d?-\d\d?|\d{{4}}-\d\d?-\d\d?{_CLOCK}", list("0123456789")),
    ("tag:yaml.org,2002:merge", r"<<", ["<"]),
):
    Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _first)
Loader.add_constructor("tag:tapeproof,2026:number", _number)
Loader.add_constructor("tag:tapeproof,2026:radix", _radix)
Loader.add_constructor("tag:tapeproof,2026:stamp", _stamp)
Loader.add_constructor("tag:yaml.org,2002:bool", _truth)
Loader.add_constructor("tag:yaml.org,2002:float", _number)
Loader.add_constructor("tag:yaml.org,2002:timestamp", _stamp)
Loader.add_constructor("tag:yaml.org,2002:binary", _in_base64)
for _tag in ("set", "omap", "pairs"):
    del Loader.yaml_constructors[f"tag:yaml.org,2002:{_tag}"]  # Terraform refuses them
