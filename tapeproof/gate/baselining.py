"""What `tapeproof gate baseline` does: makes a baseline, or takes out of it what is mended."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.acceptance.baseline import Baseline, count_entries, read_baseline, write_baseline
from tapeproof.gate.checking import check
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import replace
from tapeproof.terminal import count_of, escape_text

if TYPE_CHECKING:
    from tapeproof.gate.acceptance.fingerprint import Fingerprint
    from tapeproof.gate.engine.report import Report
    from tapeproof.gate.question import Question

__all__ = ["Wish", "make_baseline"]

_EXIT_NEW = 1
_SHOWN = 20


class Wish(NamedTuple):
    """What is to be accepted, and who answers for it.

    Attributes:
        reason: Why.
        owner: Who.
        expires: The last day, ISO 8601; until it is mended when absent.
        accept_new: Whether what a baseline lacks is added to it.
    """

    reason: str | None = None
    owner: str | None = None
    expires: str | None = None
    accept_new: bool = False


def make_baseline(question: Question, wish: Wish) -> int:
    """Make the baseline of the working directory, or shrink the one that is there.

    Args:
        question: What is judged; it must not apply the baseline.
        wish: What is to be accepted.

    Returns:
        0; 1 when findings are left that the baseline does not accept, which are named.

    Raises:
        GateError: Nothing could be judged, the baseline cannot be read or written, or nobody answers for what is new.
    """
    report = check(question)
    found = count_entries(report.notable)
    before = read_baseline(Path())
    if before is None and not found and report.exit_status == 0:
        sys.stdout.write("nothing is found, so there is nothing to accept\n")
        return 0
    if before is None:
        return _write(_answer_for(Baseline(found, "", "", _today()), wish), added=found, gone=Counter())
    gone = _gone(before, report)
    new = found - Counter(before.entries)
    after = before.shrink(gone)
    if new and wish.accept_new:
        entries = Counter(after.entries) + new
        return _write(_answer_for(replace(after, entries=entries), wish), added=new, gone=gone)
    _write(after, added=Counter(), gone=gone)
    _tell_new(new)
    return _EXIT_NEW if new else 0


def _gone(before: Baseline, report: Report) -> Counter[Fingerprint]:
    return before.apply(report.notable, report.roots, {policy.id for policy in report.policies}, date.min).gone


def _answer_for(baseline: Baseline, wish: Wish) -> Baseline:
    if not (wish.reason or "").strip() or not (wish.owner or "").strip():
        raise CannotJudgeError(
            "a baseline accepts findings, so somebody must answer for them",
            fix='say why and who: tapeproof gate baseline --reason "found when the gate came" --owner "platform team"',
        )
    try:
        expires = date.fromisoformat(wish.expires) if wish.expires else None
    except ValueError as error:
        raise CannotJudgeError(f"--expires {wish.expires}: expected a date such as 2027-03-31") from error
    return replace(baseline, reason=str(wish.reason).strip(), owner=str(wish.owner).strip(), expires=expires)


def _write(baseline: Baseline, *, added: Counter[Fingerprint], gone: Counter[Fingerprint]) -> int:
    path = write_baseline(Path(), baseline)
    total = sum(baseline.entries.values())
    sys.stdout.write(f"{path}: {total} accepted, {added.total()} added, {gone.total()} mended and taken out\n")
    return 0


def _tell_new(new: Counter[Fingerprint]) -> None:
    if not new:
        return
    sys.stdout.write(f"{count_of(new.total(), 'finding is', 'findings are')} new or worse, and not accepted:\n")
    for one in sorted(new)[:_SHOWN]:
        sys.stdout.write(f"  {one.policy} {escape_text(one.resource or one.root)}: {escape_text(one.value)}\n")
    if len(new) > _SHOWN:
        sys.stdout.write(f"  and {len(new) - _SHOWN} more; `tapeproof gate check` shows all of them\n")
    sys.stdout.write("Mend them, or add --accept-new with --reason and --owner.\n")


def _today() -> date:
    return datetime.now(UTC).date()
