"""Waivers as they are written.

On the offending line of a Terraform file:

    force_destroy = false # tapeproof:waive TP_DST_2 reason="holds the tapes" owner="data desk" expires=2027-03-31
    retention_in_days = 7 # tapeproof:waive TP_LOG_1 value="7" reason="…" owner="data desk" expires=2027-03-31

or in ``.tapeproof-waivers.yaml`` in the working directory, for findings that have no line (JSON, plans, live accounts):

    waivers:
      - policy: TP_DST_2
        resource: module.archive.aws_s3_bucket.*
        reason: holds the tapes
        owner: data desk
        expires: 2027-03-31
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tapeproof.gate.acceptance.records import RecordsError, is_blank, parse_day, read_records
from tapeproof.gate.acceptance.waivers import GATE, Waiver, Waivers
from tapeproof.gate.choosing import policy_ids
from tapeproof.gate.engine.own_files import LARGEST_YAML, read_own_file
from tapeproof.gate.engine.record import replace
from tapeproof.gate.engine.settings import WAIVERS_NAME
from tapeproof.terminal import find_nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from tapeproof.gate.engine.protected import Protected

__all__ = ["FILE_NAME", "load"]

FILE_NAME = WAIVERS_NAME
_COMMENT = re.compile(r"(?:#|//|/\*)[^#]*?\btapeproof:waive\b(?P<rest>(?:(?!(?:#|//)\s*tapeproof:waive\b).)*)")
_POLICY = re.compile(r"\s+([A-Z][A-Z0-9_]*)(?=\s|$)")
_SETTING = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|([^\s\"]+))")
_REQUIRED = ("policy", "reason", "owner", "expires")
_KNOWN = (*_REQUIRED, "resource", "root", "file", "value")


def load(folder: Path, sources: Mapping[str, Sequence[str]], protected: Protected | None = None) -> Waivers:
    """Return the waivers of a run: those in ``folder``'s file, and those in comments.

    Args:
        folder: Where ``.tapeproof-waivers.yaml`` may be.
        sources: Lines of each Terraform file that was read, by the path that results carry.
        protected: The revision whose waivers count; those of the working tree when absent.
    """
    path = folder / FILE_NAME
    content = read_own_file(path, LARGEST_YAML) if protected is None else protected.read(path)
    listed = [] if content is None else list(_in_file(content))
    if protected is not None:
        kept = {_identity(one) for one in _in_file(read_own_file(path, LARGEST_YAML) or b"")}
        listed = [replace(one, removed=_identity(one) not in kept) for one in listed]
    for file, lines in sources.items():
        known = None if protected is None else Counter(_places_of(_lines_at(protected, folder / file)))
        for place, number, line in _written(lines):
            found = _in_line(file, number, line)
            if known is not None and protected is not None:
                if known[place] < 1:
                    fault = f"is not at {protected.revision}, whose waivers count"
                    found = (replace(waiver, fault=fault) for waiver in found)
                known[place] -= 1
            listed.extend(found)
    return Waivers(tuple(_without_doubles(listed)))


def _identity(waiver: Waiver) -> Waiver:
    """Return a waiver without its place, which moves when others are taken out."""
    return replace(waiver, line=0)


def _without_doubles(listed: Iterable[Waiver]) -> Iterator[Waiver]:
    """Yield waivers, each that accepts what another one does as one that cannot be used: of two ends, which holds?"""
    known: dict[tuple[object, ...], Waiver] = {}
    for one in listed:
        where = (one.source, one.line) if one.inline else (one.resource, one.root, one.file)
        first = one if one.fault else known.setdefault((one.policy, one.value, one.inline, *where), one)
        yield one if first is one else replace(one, fault=f"accepts what the one on line {first.line} does")


_Place = tuple[str, str]
"""The line at whose block a waiver stands, and the waiver's own."""


def _written(lines: Sequence[str]) -> Iterator[tuple[_Place, int, str]]:
    """Yield each line with a waiver, its number, and what tells it from the same line elsewhere in its file."""
    header = ""
    for number, line in enumerate(lines, start=1):
        if line[:1].isalpha() and "{" in line:
            header = line.split("{", 1)[0].strip()
        if "tapeproof:waive" in line:
            yield (header, line.strip()), number, line


def _places_of(lines: Sequence[str]) -> Iterator[_Place]:
    return (place for place, _, _ in _written(lines))


def _lines_at(protected: Protected, path: Path) -> Sequence[str]:
    return (protected.read(path) or b"").decode(errors="replace").split("\n")


def _in_line(file: str, number: int, line: str) -> Iterator[Waiver]:
    comments = list(_COMMENT.finditer(line))
    if not comments and re.search(r"(?:#|//).*tapeproof:waive", line):
        yield Waiver(source=file, line=number, inline=True, fault="its form is not understood")
    for comment in comments:
        text = comment["rest"]
        policy = _POLICY.match(text)
        settings = {match[1]: match[2] if match[2] is not None else match[3] for match in _SETTING.finditer(text)}
        surplus = set(settings) - {"reason", "owner", "expires", "value"}
        settings["policy"] = policy[1] if policy else ""
        yield _build_waiver(file, number, settings, surplus, inline=True)


def _in_file(content: bytes) -> Iterator[Waiver]:
    try:
        records = read_records(content, "waivers")
    except RecordsError as error:
        yield Waiver(source=FILE_NAME, line=error.line, fault=error.why)
        return
    for record in records:
        listed = [name for name, value in record.fields.items() if isinstance(value, list)]
        fault = record.fault or (f"has a list for {listed[0]}, which takes one text" if listed else "")
        if fault:
            yield Waiver(source=FILE_NAME, line=record.line, fault=fault)
        else:
            settings = {name: str(value) for name, value in record.fields.items()}
            yield _build_waiver(FILE_NAME, record.line, settings, set(settings) - set(_KNOWN))


def _build_waiver(
    source: str, line: int, settings: dict[str, str], surplus: set[str], *, inline: bool = False
) -> Waiver:
    expires = parse_day(settings.get("expires", ""))
    fault = _fault_of(settings, surplus, expires, inline=inline)
    text = {name: settings.get(name, "") for name in _KNOWN}
    return Waiver(
        source=source,
        line=line,
        policy=text["policy"],
        reason=text["reason"],
        owner=text["owner"],
        expires=expires,
        inline=inline,
        resource="*" if inline else text["resource"],
        root=text["root"],
        file=text["file"],
        value=text["value"],
        fault=fault,
    )


def _fault_of(settings: Mapping[str, str], surplus: set[str], expires: date | None, *, inline: bool) -> str:
    lacking = [name for name in _REQUIRED if is_blank(settings.get(name, ""))]
    if lacking:
        return f"lacks {', '.join(lacking)}"
    if not inline and not settings.get("resource"):
        return 'lacks resource; write "*" to waive every one'
    if surplus:
        return f"has unknown settings: {', '.join(sorted(surplus))}"
    if expires is None:
        return "expires must be a date such as 2027-03-31"
    if not settings.get("value", "not given"):
        return "has a value that is empty; leave it out to waive every value"
    return _fault_of_policy(settings["policy"])


def _fault_of_policy(policy: str) -> str:
    if not policy.startswith("TP_") or policy in {*policy_ids(), GATE}:
        return ""
    near = find_nearest(policy, policy_ids())
    return f"is of {policy}, which is no policy" + (f"; did you mean {near}?" if near else "")
