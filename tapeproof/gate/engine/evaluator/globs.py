"""Glob patterns of ``fileset``, matched in bounded time.

Source: Terraform documentation, "fileset Function"; the doublestar package's patterns.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from itertools import product
from math import prod

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.late_pattern import compile_late

__all__ = ["matches"]

_MOST_ALTERNATIVES = 1_000
_TOKEN = compile_late(
    r"(?P<any>\*+)|(?P<one>\?)|\[(?P<class>\^?(?:\\.|[^\]\\])+)\]|\\(?P<escaped>.)|(?P<plain>.)", re.DOTALL
)
_BRACES = re.compile(r"\\.|\[[^\]]*\]|[{},]", re.DOTALL)


def matches(name: str, pattern: str) -> bool:
    """Return whether a relative path matches a glob with ``*``, ``**``, ``?``, ``[…]`` and ``{a,b}``.

    Time grows with the product of both lengths, whatever the pattern. ``**`` means any number of folders only where it
    stands alone between slashes (Terraform documentation, "fileset Function").

    Raises:
        Fault: The pattern is none, or leads out of the folder.
    """
    steps = name.split("/")
    return any(_leads_to(steps, parts) for parts in _alternatives(pattern))


@lru_cache(maxsize=64)
def _alternatives(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return what a pattern's braces stand for, each as its parts between slashes."""
    parts = [
        tuple("".join(choice).lstrip("/").split("/")) for choice in product(*_choices(posixpath.normpath(pattern)))
    ]
    if any(".." in one for one in parts):
        raise Fault(f"{pattern!r} leads out of its folder, where the gate does not list files")
    if any(token["plain"] == "[" for one in parts for part in one for token in _TOKEN.finditer(part)):
        raise Fault(f"{pattern!r} opens a class that it does not close")
    return tuple(parts)


def _choices(pattern: str) -> list[list[str]]:
    """Return the texts that follow each other in a pattern: one where there is no choice, several in braces."""
    result: list[list[str]] = [[""]]
    here, inside = 0, False
    for found in _BRACES.finditer(pattern):
        result[-1][-1] += pattern[here : found.start()]
        here = found.end()
        if found[0] == "{":
            if inside:
                raise Fault(f"{pattern!r} has braces in braces")
            inside = True
            result.append([""])
        elif found[0] == "}" and inside:
            inside = False
            result.append([""])
        elif found[0] == "," and inside:
            result[-1].append("")
        else:
            result[-1][-1] += found[0]
    result[-1][-1] += pattern[here:]
    if inside or prod(map(len, result)) > _MOST_ALTERNATIVES:
        raise Fault(f"{pattern!r} is no pattern of files")
    return result


def _leads_to(steps: list[str], parts: tuple[str, ...]) -> bool:
    """Return whether the parts of a pattern match the steps of a path."""
    places = {0}
    for number, part in enumerate(parts, start=1):
        if part == "**":
            fewest = 1 if number == len(parts) else 0
            places = set(range(min(places) + fewest, len(steps) + 1))
        else:
            places = {place + 1 for place in places if place < len(steps) and _matches_part(steps[place], part)}
        if not places:
            return False
    return len(steps) in places


def _matches_part(text: str, pattern: str) -> bool:
    """Return whether one part of a path matches; all places that may be reached are followed at once."""
    places = {0}
    for token in _TOKEN.finditer(pattern):
        if token["any"]:
            places = set(range(min(places), len(text) + 1))
        else:
            places = {place + 1 for place in places if place < len(text) and _takes(token, text[place])}
        if not places:
            return False
    return len(text) in places


def _takes(token: re.Match[str], letter: str) -> bool:
    if token["one"]:
        return True
    if token["class"] is None:
        return letter == (token["escaped"] or token["plain"])
    negated = token["class"].startswith("^")
    ranges = re.findall(r"(\\.|.)(?:-(\\.|.))?", token["class"][negated:], re.DOTALL)
    return any(first[-1] <= letter <= (last or first)[-1] for first, last in ranges) is not negated
