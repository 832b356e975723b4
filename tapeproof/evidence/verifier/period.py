"""Whether a policy held over a period: at the stated cadence, from the period's beginning, and without a failure."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["Period", "gaps_between"]

LATE = 1.25
"""A run may come this many cadences after the one before it; clocks of schedulers and people drift."""
FEWEST_RUNS = 3
"""Two runs are a pair of moments and no period."""
DECIDED = {"not-applicable", "fail", "unknown"}


class Period:
    """The runs of a period.

    Args:
        run: This run, with ``period`` {from, cadence_days}.
        history: Earlier runs, oldest first.
    """

    def __init__(self, run: Json, history: list[Json]) -> None:
        begins = run["period"]["from"]
        self.cadence_days = int(run["period"].get("cadence_days") or 0)
        self.runs = [one for one in history if one["as_of"][:10] >= begins[:10]]
        self._stated = all(int(one.get("cadence_days") or 0) == self.cadence_days for one in self.runs)
        self._times = [*(one["as_of"] for one in self.runs), run["as_of"]]
        self.gaps = gaps_between([begins, *self._times], self.cadence_days) if self.cadence_days else []

    @property
    def covered(self) -> bool:
        """Whether a cadence was stated from the first run on, and every run came in time."""
        return bool(self.cadence_days and self._stated and len(self._times) >= FEWEST_RUNS and not self.gaps)

    def judge_operation(self, policy: str, now: str) -> str:
        """Return the status of a policy over the period.

        Args:
            policy: Its id.
            now: Its status by what this run's evidence shows of the account.
        """
        if now in DECIDED:
            return now
        before = [run["implemented"].get(policy, "not-evaluated") for run in self.runs]
        held = now == "pass" and set(before) == {"pass"} and self._spans_a_cadence()
        return "pass" if held and self.covered else "not-evaluated"

    def _spans_a_cadence(self) -> bool:
        spanned = _moment_in(self._times[-1]) - _moment_in(self._times[0])
        return spanned >= timedelta(days=self.cadence_days) * (FEWEST_RUNS - 1) / LATE


def gaps_between(times: list[str], cadence_days: int) -> list[list[str]]:
    """Return the pairs of moments, one after the other, that lie further apart than the cadence allows."""
    longest = timedelta(days=cadence_days) * LATE
    pairs = zip(times, times[1:])  # noqa: B905, RUF007 - Python 3.9
    return [[left, right] for left, right in pairs if _moment_in(right) - _moment_in(left) > longest]


def _moment_in(text: str) -> datetime:
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))  # noqa: FURB162 - Python 3.9
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)  # noqa: UP017 - Python 3.9
