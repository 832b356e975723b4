"""Whether a module that ``terraform init`` installed is the one that a call asks for now.

Terraform refuses to plan with one that is not ("Module source has changed", "Module version requirements have
changed"), so what lies there must not be judged in its place.

Source: Terraform documentation, "Module Sources" and "Version Constraints".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["find_difference"]

_SCHEMES = compile_late(r"^(?:[a-z0-9]+::)?(?:[a-z0-9+.-]+://)?(?:[^/@]+@)?")
_REGISTRIES = re.compile(r"^registry\.(?:terraform\.io|opentofu\.org)/")
_REWRITTEN = "amazonaws.com"
"""Addresses of buckets are written anew by Terraform, and not compared."""
_CONSTRAINT = compile_late(r"(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,2})")
_PARTS = 3


def find_difference(entry: Mapping[str, Any], source: str, version: str) -> str:
    """Return why an entry of the manifest is not what a call asks for, as a clause; empty where nothing says so.

    Args:
        entry: What ``.terraform/modules/modules.json`` says of the module.
        source: The call's source.
        version: The call's version constraint; empty without one.
    """
    had, installed = str(entry.get("Source", "")), str(entry.get("Version", ""))
    if had and _REWRITTEN not in had + source and _reduce(had) != _reduce(source):
        return f"what is installed came from {had!r}"
    if version and installed and not _allows(version, installed):
        return f"version {installed} is installed, and {version!r} is asked for"
    return ""


def _reduce(source: str) -> str:
    """Return what all ways to write a source have in common."""
    address, _, query = source.partition("?")
    address = _REGISTRIES.sub("", _SCHEMES.sub("", address.strip()).replace(":", "/"))
    return re.sub(r"\.git(?=/|$)", "", address).rstrip("/").lower() + "?" + "&".join(sorted(query.split("&")))


def _allows(constraints: str, version: str) -> bool:
    """Return whether a version meets all constraints; one that cannot be read is met."""
    have = re.fullmatch(r"v?(\d+(?:\.\d+){0,2})", version)
    if have is None:
        return True
    return all(_meets(constraint.strip(), _numbers(have[1])) for constraint in constraints.split(","))


def _meets(constraint: str, have: tuple[int, ...]) -> bool:
    read = _CONSTRAINT.fullmatch(constraint)
    if read is None:
        return True
    wanted = _numbers(read[2])
    if read[1] == "~>":
        fixed = read[2].count(".")  # only the last number that is written may grow
        return have >= wanted and have[:fixed] == wanted[:fixed]
    met = {
        "!=": have != wanted,
        ">": have > wanted,
        ">=": have >= wanted,
        "<": have < wanted,
        "<=": have <= wanted,
    }
    return met.get(read[1], have == wanted)


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(part) for part in version.split(".")]
    return tuple(found + [0] * (_PARTS - len(found)))
