"""What a project sets for some paths only: policies that are not asked there, and other parameters for them.

A path is a root module's folder, a folder above one, or a file of Terraform; an account is named as results name it.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Off", "Override", "covers", "is_like", "parse_off", "parse_override", "pattern_of"]

_UP, _ANY_DEPTH = "../", "**/"


@record(slots=False)
class Off:
    """A policy that is not asked, somewhere or everywhere.

    Attributes:
        policy: Its id.
        reason: Why.
        paths: Patterns of the root modules and files for which it is not asked; all of them when there are none.
    """

    policy: str
    reason: str
    paths: tuple[str, ...] = ()


@record(slots=False)
class Override:
    """Parameters that a policy has for some paths, over those that it has for the project.

    Attributes:
        policy: Its id.
        parameters: The parameters that are other than usual.
        reason: Why.
        paths: Patterns of root modules, and of files in which resources are declared.
    """

    policy: str
    parameters: Mapping[str, Any]
    reason: str
    paths: tuple[str, ...]


def covers(paths: Iterable[str], places: Iterable[str]) -> bool:
    """Return whether one of some places is, or lies below, what one of some patterns names."""
    return any(is_like(place, one) for place in places if place for path in paths for one in (path, f"{path}/*"))


def is_like(place: str, pattern: str) -> bool:
    """Return whether a path is what a pattern names; both read from the working directory, or are absolute."""
    if _ANY_DEPTH in pattern:  # no folder between counts as well
        above = pattern.replace(_ANY_DEPTH, "", 1)
        return is_like(place, above) or is_like(place, pattern.replace(_ANY_DEPTH, "*/", 1))
    if pattern.startswith("/"):
        return fnmatchcase(os.path.abspath(place).replace(os.sep, "/"), pattern)  # noqa: PTH100 - links are not followed
    start = ""
    while pattern.startswith(_UP):
        start, pattern = start + _UP, pattern.removeprefix(_UP)
    if start or place.startswith(("/", ".")) or ".." in place:
        place = os.path.relpath(place, start or ".")
    return fnmatchcase(place.replace(os.sep, "/"), pattern)


def pattern_of(base: Path, pattern: object) -> str:
    """Return a pattern of the settings in a folder as it reads from the working directory.

    Raises:
        ValueError: It is no text, or empty.
    """
    if not isinstance(pattern, str) or not pattern.strip():
        raise ValueError(f"expected a path or a pattern of paths, got {pattern!r}")
    return Path(os.path.normpath(base / pattern)).as_posix()


def parse_off(entry: Any, base: Path) -> Off:  # noqa: ANN401 - YAML of any shape
    """Return an entry of ``off``.

    Raises:
        ValueError: It is not as it should be.
    """
    if not isinstance(entry, dict) or not {"policy", "reason"} <= entry.keys() <= {"policy", "reason", "paths"}:
        raise ValueError("each entry of off takes policy, reason and, where it is not for all, paths")
    policy, reason, paths = _common(entry, "off", base)
    return Off(policy, reason, paths)


def parse_override(entry: Any, base: Path) -> Override:  # noqa: ANN401 - YAML of any shape
    """Return an entry of ``overrides``.

    Raises:
        ValueError: It is not as it should be.
    """
    if not isinstance(entry, dict) or entry.keys() != {"policy", "parameters", "paths", "reason"}:
        raise ValueError("each entry of overrides takes policy, parameters, paths and reason")
    policy, reason, paths = _common(entry, "overrides", base)
    if not paths:
        raise ValueError(f"overrides {policy}: expected paths; what holds everywhere stands under parameters")
    if not isinstance(entry["parameters"], dict) or not entry["parameters"]:
        raise ValueError(f"overrides {policy}: expected parameters, a mapping of at least one")
    return Override(policy, {str(name): value for name, value in entry["parameters"].items()}, reason, paths)


def _common(entry: Mapping[str, Any], key: str, base: Path) -> tuple[str, str, tuple[str, ...]]:
    policy, reason, paths = str(entry["policy"]), str(entry["reason"] or "").strip(), entry.get("paths") or []
    if not reason or not isinstance(paths, list):
        raise ValueError(f"{key} {policy}: expected a reason, and a list of paths where there are some")
    return policy, reason, tuple(pattern_of(base, pattern) for pattern in paths)
