"""Waivers: findings that someone took responsibility for, with a reason, a name and a date on which that ends.

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

With a value, a waiver covers that value and no worse one. A waiver turns a FAIL or UNKNOWN into WAIVED, which every
output shows. One that has expired, that cannot be read, or that nothing needs is itself a FAIL of ``TP_GATE``. The day
of expiry still counts.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from tapeproof.gate.acceptance.fingerprint import fingerprint_of
from tapeproof.gate.engine.own_files import LARGEST_YAML, find_yaml_fault, read_own_file
from tapeproof.gate.engine.population import Population
from tapeproof.gate.engine.report import Result
from tapeproof.gate.engine.settings import WAIVERS_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from tapeproof.gate.engine.protected import Protected

__all__ = ["FILE_NAME", "GATE", "Waiver", "Waivers", "load"]

FILE_NAME = WAIVERS_NAME
GATE = "TP_GATE"
_COMMENT = re.compile(r"(?:#|//|/\*)[^#]*?\btapeproof:waive\b(?P<rest>(?:(?!(?:#|//)\s*tapeproof:waive\b).)*)")
_POLICY = re.compile(r"\s+([A-Z][A-Z0-9_]*)(?=\s|$)")
_SETTING = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|([^\s\"]+))")
_REQUIRED = ("policy", "reason", "owner", "expires")
_KNOWN = (*_REQUIRED, "resource", "root", "file", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One waiver as written.

    Attributes:
        source: The file it is in.
        line: Its line, counted from 1.
        policy: What it waives.
        reason: Why.
        owner: Who answers for it.
        expires: Last day it counts.
        inline: Whether it is a comment, which covers its own line only.
        resource: Address, or a pattern with ``*``, that it covers; from a file only.
        root: Root module it covers, or a pattern; every one when empty.
        file: Terraform file it covers, or a pattern; every one when empty.
        value: The only value it covers; any when empty.
        fault: Why it cannot be used; empty when it can.
    """

    source: str
    line: int
    policy: str = ""
    reason: str = ""
    owner: str = ""
    expires: date | None = None
    inline: bool = False
    resource: str = "*"
    root: str = ""
    file: str = ""
    value: str = ""
    fault: str = ""

    def covers(self, result: Result) -> bool:
        """Return whether it is about a result, leaving aside whether it has expired."""
        if self.fault or result.policy != self.policy:
            return False
        if self.value and self.value != fingerprint_of(result).value:
            return False
        if self.inline:
            return (result.file, result.line) == (self.source, self.line)
        wanted = ((self.resource, result.resource), (self.root, result.root), (self.file, result.file))
        return all(not pattern or pattern == text or _like(text, pattern) for pattern, text in wanted)

    def as_data(self, state: str, used: int) -> dict[str, Any]:
        """Return what outputs list: ``state`` is ``used``, ``unused``, ``expired``, ``malformed`` or ``not judged``."""
        return {
            "policy": self.policy,
            "resource": "" if self.inline else self.resource,
            "file": self.source,
            "line": self.line,
            "reason": self.reason,
            "owner": self.owner,
            "expires": self.expires.isoformat() if self.expires else "",
            "state": state,
            "results": used,
            "fault": self.fault,
        }


@dataclass(frozen=True, slots=True)
class Waivers:
    """Every waiver of one run."""

    entries: tuple[Waiver, ...] = field(default=())

    def apply(
        self, results: Sequence[Result], today: date, policies: Collection[str] | None = None
    ) -> tuple[Sequence[Result], tuple[Mapping[str, Any], ...]]:
        """Return the results with what is waived marked so, and a FAIL for each waiver that should not be there.

        Args:
            results: All results of the run.
            today: The date that decides what has expired, in UTC.
            policies: The ids judged in this run; a waiver of another one is not called unused. All when None.

        Returns:
            The results, and a description of each waiver for the outputs.
        """
        population = results if isinstance(results, Population) else Population(results)
        listed = list(population.notable)
        roots, judged = population.roots()
        # Of a root that could not be read, nobody can tell what a waiver would have covered.
        whole = roots == judged
        places = _Places(listed)
        reports: list[Mapping[str, Any]] = []
        for waiver in self.entries:
            met = [at for at in places.near(waiver) if waiver.covers(listed[at])]
            state = _state(waiver, met=bool(met), today=today, judged=whole and _is_in_scope(waiver, policies, roots))
            reports.append(waiver.as_data(state, len(met) if state == "used" else 0))
            if state == "used":
                for at in met:
                    listed[at] = replace(listed[at], verdict="waived", waiver=_stamp(waiver))
            elif state != "not judged":
                listed.append(_complaint(waiver, state, min(roots, default="")))
        kept = tuple(listed) if population is not results else population.with_notable(listed)
        return kept, tuple(reports)


_WAIVABLE = frozenset({"fail", "unknown", "waived"})


class _Places:
    """Where the results are that a waiver can be about: an estate has thousands of both."""

    def __init__(self, results: Sequence[Result]) -> None:
        self._by_policy: dict[str, list[int]] = {}
        self._by_line: dict[tuple[str, str, int], list[int]] = {}
        for at, result in enumerate(results):
            if result.verdict in _WAIVABLE:
                self._by_policy.setdefault(result.policy, []).append(at)
                self._by_line.setdefault((result.policy, result.file, result.line), []).append(at)

    def near(self, waiver: Waiver) -> list[int]:
        """Return the positions of the results that a waiver may cover."""
        if waiver.inline:
            return self._by_line.get((waiver.policy, waiver.source, waiver.line), [])
        return self._by_policy.get(waiver.policy, [])


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
    return Waivers(tuple(listed))


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
    import yaml  # noqa: PLC0415 - most runs have no such file

    try:
        fault = find_yaml_fault(content)
        if fault:
            yield Waiver(source=FILE_NAME, line=1, fault=f"cannot be read: {fault}")
            return
        top = yaml.compose(content.decode(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        yield Waiver(source=FILE_NAME, line=line, fault=f"cannot be read: {getattr(error, 'problem', '') or error}")
        return
    entries = _entries(top) if top is not None else []
    if entries is None:
        yield Waiver(source=FILE_NAME, line=1, fault='must be one list under the key "waivers"')
        return
    for node in entries:
        yield _from_node(node)


def _entries(top: Any) -> list[Any] | None:  # noqa: ANN401 - PyYAML's nodes have no common type
    if top.id != "mapping" or len(top.value) != 1 or top.value[0][0].value != "waivers":
        return None
    listed = top.value[0][1]
    return list(listed.value) if listed.id == "sequence" else None


def _from_node(node: Any) -> Waiver:  # noqa: ANN401 - PyYAML's nodes have no common type
    line = node.start_mark.line + 1
    if node.id != "mapping" or any(value.id != "scalar" for _, value in node.value):
        return Waiver(source=FILE_NAME, line=line, fault="must be a mapping of names to text")
    settings = {key.value: value.value.strip() for key, value in node.value}
    if len(settings) != len(node.value):
        return Waiver(source=FILE_NAME, line=line, fault="has a key twice")
    return _build_waiver(FILE_NAME, line, settings, set(settings) - set(_KNOWN))


def _build_waiver(
    source: str, line: int, settings: dict[str, str], surplus: set[str], *, inline: bool = False
) -> Waiver:
    expires, fault = None, ""
    try:
        expires = date.fromisoformat(settings.get("expires", ""))
    except ValueError:
        fault = "expires must be a date such as 2027-03-31"
    lacking = [name for name in _REQUIRED if not settings.get(name, "").strip()]
    if lacking:
        fault = f"lacks {', '.join(lacking)}"
    elif not inline and not settings.get("resource"):
        fault = 'lacks resource; write "*" to waive every one'
    elif surplus:
        fault = f"has unknown settings: {', '.join(sorted(surplus))}"
    kept = {name: settings[name] for name in ("policy", "reason", "owner", "value") if name in settings}
    scope = {} if inline else {name: settings.get(name, "") for name in ("resource", "root", "file")}
    return Waiver(source=source, line=line, expires=expires, inline=inline, fault=fault, **kept, **scope)


def _state(waiver: Waiver, *, met: bool, today: date, judged: bool) -> str:
    if waiver.fault or waiver.expires is None:
        return "malformed"
    if waiver.expires < today:
        return "expired"
    if met:
        return "used"
    return "unused" if judged else "not judged"


def _is_in_scope(waiver: Waiver, policies: Collection[str] | None, roots: Collection[str]) -> bool:
    known = policies is None or waiver.policy in policies or waiver.policy == GATE
    return known and (not waiver.root or any(root == waiver.root or _like(root, waiver.root) for root in roots))


def _like(text: str, pattern: str) -> bool:
    """Match ``*`` only: the brackets of ``aws_sqs_queue.dlq["a"]`` are meant as they stand."""
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def _stamp(waiver: Waiver) -> dict[str, str]:
    expires = waiver.expires.isoformat() if waiver.expires else ""
    place = f"{waiver.source}:{waiver.line}"
    return {"reason": waiver.reason, "owner": waiver.owner, "expires": expires, "source": place}


def _complaint(waiver: Waiver, state: str, root: str) -> Result:
    messages = {
        "malformed": (f"this waiver {waiver.fault}", "write policy, reason, owner and expires, as in docs/policies.md"),
        "expired": (f"this waiver of {waiver.policy} expired on {waiver.expires}", "fix the finding, or decide anew"),
        "unused": (f"this waiver of {waiver.policy} is not needed: nothing it covers was found", "remove it"),
    }
    message, fix = messages[state]
    return Result(
        root=root,
        policy=GATE,
        severity="high",
        verdict="fail",
        file=waiver.source,
        line=waiver.line,
        column=1,
        end_line=waiver.line,
        end_column=1,
        message=message,
        fix=fix,
        front_end="gate",
    )
