"""A judgement: what one judge says of a resource under one policy, shared by all that look the same to it."""

from __future__ import annotations

from typing import Any

from tapeproof.evidence.verifier.strict_json import Json, canonical

__all__ = ["VERDICTS", "Judgement", "Memo", "shorten_value", "worst"]

VERDICTS = ("fail", "unknown", "waived", "pass")
"""Verdicts of one resource, worst first."""
OBSERVED_CHARACTERS = 400
"""An observed value longer than this is cut in the row; the whole stands in the evidence."""
MEMO_ENTRIES = 4096
MEMO_KEY_CHARACTERS = 1 << 16


class Judgement:
    """What one judge says under one policy of every resource that looks the same to it.

    Attributes:
        policy: Id of the policy.
        judge: ``gate`` or ``criterion``.
        verdict: One of `VERDICTS`.
        finding: What is told about it.
    """

    __slots__ = ("finding", "judge", "policy", "verdict")

    def __init__(self, policy: str, judge: str, verdict: str, finding: dict[str, Json]) -> None:
        self.policy, self.judge, self.verdict, self.finding = policy, judge, verdict, finding


class Memo(dict[Any, Any]):
    """A table that forgets everything when it is full, so that memory stays flat."""

    def keep(self, key: Any, value: Any) -> Any:  # noqa: ANN401 - a table of anything
        """Remember a value and return it."""
        if len(self) >= MEMO_ENTRIES:
            self.clear()
        if key.__class__ is not str or len(key) <= MEMO_KEY_CHARACTERS:
            self[key] = value
        return value


def worst(verdicts: list[str], order: tuple[str, ...] = VERDICTS) -> str:
    """Return the worst of some verdicts; one that nobody knows counts as unknown."""
    for verdict in order:
        if verdict in verdicts:
            return verdict
    return "unknown"


def shorten_value(value: Json) -> Json:
    """Return a value as a finding tells it: lists and objects as text, and nothing long."""
    if isinstance(value, (list, dict)):
        value = canonical(value).decode("utf-8")
    if isinstance(value, str) and len(value) > OBSERVED_CHARACTERS:
        return value[:OBSERVED_CHARACTERS] + "…"
    return value
