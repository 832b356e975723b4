"""How results look to people."""

from __future__ import annotations

import io
import sys
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tapeproof.terminal import count_of, escape_text
from tapeproof.verifier.findings import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.auditing.drill import Outcome
    from tapeproof.auditing.proof_check import Checked
    from tapeproof.verifier.findings import Finding, Report

__all__ = ["checked_text", "drill_text", "report_text"]

_STYLES = {
    Verdict.VERIFIED: "bold green",
    Verdict.TAMPERED: "bold red",
    Verdict.WITNESS_GAP: "bold yellow",
    Verdict.UNANCHORED: "bold yellow",
    Verdict.STALE: "bold yellow",
    Verdict.INCOMPLETE: "bold yellow",
}
_MEANINGS = {
    Verdict.VERIFIED: "everything recomputed, anchored outside the store, and fresh",
    Verdict.TAMPERED: "the store is not what was signed",
    Verdict.WITNESS_GAP: "entries are sound, but CloudWatch Logs lacks lines about them",
    Verdict.UNANCHORED: "consistent in itself, but nothing outside the store vouches for it (--pin, --witness)",
    Verdict.STALE: "sound as far as it goes, but the newest checkpoint is too old, or old entries are not under it",
    Verdict.INCOMPLETE: "sound as far as it goes, but stores or hours were left out and not compared",
}
_WAYS_OUT = {
    Verdict.UNANCHORED: (
        "A pin from an earlier day, or a witness, anchors the log; `tapeproof audit pin FILE` keeps one for next time."
    ),
    Verdict.STALE: (
        "--as-of judges an export as of the time at which it was asked for; of a live log, see that the sealer runs."
    ),
}
_ONE = {
    "checkpoints": "checkpoint",
    "decisions": "decision",
    "entries": "entry",
    "hours closed": "hour closed",
    "hours pruned": "hour pruned",
    "key rotations": "key rotation",
    "lanes": "lane",
    "newest records": "newest record",
    "records": "record",
    "records of pruned hours": "record of a pruned hour",
    "records too young to check": "record too young to check",
    "seals": "seal",
    "witness lines": "witness line",
}
"""What is counted, when there is one."""
_SHOWN = 50


class _Console(Console):
    """Writes to standard output whatever its encoding, and leaves it to the command when nobody reads on."""

    def __init__(self, *, soft_wrap: bool = True) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        super().__init__(highlight=False, soft_wrap=soft_wrap)

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704 - called while the error is handled


def _text(content: object, style: str = "") -> Text:
    """Return text of which nothing can steer the terminal: much of it was written by others."""
    return Text(escape_text(str(content)), style)


def report_text(report: Report) -> None:
    """Write a verification's report for people."""
    console = _Console()
    console.print(_text(report.verdict.name, _STYLES[report.verdict]), _text(f": {_MEANINGS[report.verdict]}"), sep="")
    console.print(_text(f"log {report.origin}, {count_of(report.size, 'leaf', 'leaves')}, root {report.root}"))
    if report.checkpoint_time:
        console.print(_text(f"newest checkpoint {_time(report.checkpoint_time)}, judged as of {_time(report.as_of)}"))
    for anchor in report.anchors:
        console.print(_text(f"anchored by {anchor}"))
    if report.absent:
        console.print(_text(f"left out: {', '.join(one.value for one in report.absent)}"))
    counts = ", ".join(count_of(count, _ONE.get(name, name), name) for name, count in sorted(report.counts.items()))
    console.print(_text(counts, "dim"))
    for one in report.select_findings(_SHOWN):
        console.print(_text(one.attack.value, "bold"), _text(_place(one)), sep="")
        console.print(_text(f"    {one.detail}"))
    hidden = len(report.findings) - _SHOWN + report.suppressed
    if hidden > 0:
        console.print(
            _text(f"and {hidden} more (--format json shows up to 200 of each kind, and of every lane the first)")
        )
    way_out = _WAYS_OUT.get(report.verdict)
    for note in [*report.notes, *([way_out] if way_out else [])]:
        console.print(_text(f"note: {note}", "dim"))


def drill_text(outcomes: Sequence[Outcome]) -> None:
    """Write the drill's table for people."""
    console = _Console(soft_wrap=False)
    table = Table("attack", "verdict", "named as", "where", "", header_style="bold", box=None, pad_edge=False)
    marks = {True: _text("detected", "green"), False: _text("MISSED", "bold red"), None: _text("no target", "yellow")}
    for one in outcomes:
        mark = marks[one.detected] if one.title != "no attack" else _text("sound" if one.detected else "NOT SOUND")
        table.add_row(_text(one.title), _text(one.verdict), _text(one.named), _text(_where(one)), mark)
    console.print(table)
    attacks = [one for one in outcomes if one.title != "no attack"]
    tried = [one for one in attacks if one.detected is not None]
    found = sum(one.detected is True for one in tried)
    console.print(
        _text(f"{found} of {len(tried)} attacks detected and named; {len(attacks) - len(tried)} had no target")
    )


def _place(finding: Finding) -> str:
    place = f": lane {finding.lane}" if finding.lane else ""
    place += f", seq {finding.seq}" if finding.seq >= 0 else ""
    return place + (f", leaf {finding.leaf}" if finding.leaf >= 0 else "")


def _where(outcome: Outcome) -> str:
    if not outcome.lane:
        return ""
    hour, function, mark = outcome.lane.split(".")
    return f"{function} {hour} {mark[:6]}…" + (f" #{outcome.seq}" if outcome.seq >= 0 else "")


def checked_text(checked: Checked) -> None:
    """Write a checked proof for people."""
    console = _Console()
    console.print(_text(checked.verdict.name, _STYLES[checked.verdict]))
    for line in checked.why:
        console.print(_text(line))
    for name in ("act", "evt", "key", "src", "fn", "ts", "_lane", "_seq"):
        if name in checked.entry:
            console.print(_text(f"  {name:<6} {checked.entry[name]}", "dim"))


def _time(nanoseconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(nanoseconds // 10**9))
