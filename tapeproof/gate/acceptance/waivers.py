"""Waivers: findings that someone took responsibility for, with a reason, a name and a date on which that ends.

A waiver turns a FAIL or UNKNOWN into WAIVED, which every output shows. One that has expired, that cannot be read, or
that nothing needs is itself a FAIL of ``TP_GATE``. The day of expiry still counts. With a value, a waiver covers that
value and no worse one.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from tapeproof.gate.acceptance.fingerprint import fingerprint_of, is_root_gone
from tapeproof.gate.engine.population import Population
from tapeproof.gate.engine.record import field, record, replace
from tapeproof.gate.engine.report import Result

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

__all__ = ["GATE", "Waiver", "Waivers"]

GATE = "TP_GATE"


@record(kw_only=True)
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
        removed: Whether it is one of the protected revision's that the working tree has no more.
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
    removed: bool = False

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


@record()
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


def _state(waiver: Waiver, *, met: bool, today: date, judged: bool) -> str:
    if waiver.fault or waiver.expires is None:
        return "malformed"
    if met and waiver.expires >= today:
        return "used"
    if waiver.removed:  # whoever mends a finding takes its waiver out, and can do no more
        return "not judged"
    if waiver.expires < today:
        return "expired"
    return "unused" if judged else "not judged"


def _is_in_scope(waiver: Waiver, policies: Collection[str] | None, roots: Collection[str]) -> bool:
    known = policies is None or waiver.policy in policies or waiver.policy == GATE
    if not waiver.root or any(root == waiver.root or _like(root, waiver.root) for root in roots):
        return known
    return known and "*" not in waiver.root and is_root_gone(waiver.root)


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
