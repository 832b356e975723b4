"""How results look to people."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from audit_log.verifier.findings import Verdict
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit_log.verifier.findings import Finding, Report

    from compliance.audit.drill import Outcome
    from compliance.audit.proof import Checked

__all__ = ["checked_text", "drill_text", "report_text"]

_STYLES = {
    Verdict.VERIFIED: "bold green",
    Verdict.TAMPERED: "bold red",
    Verdict.WITNESS_GAP: "bold yellow",
    Verdict.UNANCHORED: "bold yellow",
    Verdict.STALE: "bold yellow",
}
_MEANINGS = {
    Verdict.VERIFIED: "everything recomputed, anchored outside the store, and fresh",
    Verdict.TAMPERED: "the store is not what was signed",
    Verdict.WITNESS_GAP: "entries are sound, but CloudWatch Logs lacks lines about them",
    Verdict.UNANCHORED: "consistent in itself, but nothing outside the store vouches for it (--pin, --vkey, --witness)",
    Verdict.STALE: "sound as far as it goes, but the newest checkpoint is too old",
}
_SHOWN = 50


def report_text(report: Report) -> None:
    """Write a verification's report for people."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(report.verdict.name, _STYLES[report.verdict]), Text(f": {_MEANINGS[report.verdict]}"), sep="")
    console.print(Text(f"log {report.origin}, {report.size} leaves, root {report.root}"))
    if report.checkpoint_time:
        console.print(Text(f"newest checkpoint {_time(report.checkpoint_time)}, judged as of {_time(report.as_of)}"))
    for anchor in report.anchors:
        console.print(Text(f"anchored by {anchor}"))
    counts = ", ".join(f"{count} {name}" for name, count in sorted(report.counts.items()))
    console.print(Text(counts, "dim"))
    for one in report.findings[:_SHOWN]:
        console.print(Text(one.attack.value, "bold"), Text(_place(one)), sep="")
        console.print(Text(f"    {one.detail}"))
    hidden = len(report.findings) - _SHOWN + report.suppressed
    if hidden > 0:
        console.print(Text(f"and {hidden} more (--format json shows up to 200 of each kind)"))
    for note in report.notes:
        console.print(Text(f"note: {note}", "dim"))


def drill_text(outcomes: Sequence[Outcome]) -> None:
    """Write the drill's table for people."""
    console = Console(highlight=False)
    table = Table("attack", "verdict", "named as", "where", "", header_style="bold", box=None, pad_edge=False)
    marks = {True: Text("detected", "green"), False: Text("MISSED", "bold red"), None: Text("no target", "yellow")}
    for one in outcomes:
        mark = marks[one.detected] if one.title != "no attack" else Text("sound" if one.detected else "NOT SOUND")
        table.add_row(Text(one.title), Text(one.verdict), Text(one.named), Text(_where(one)), mark)
    console.print(table)
    attacks = [one for one in outcomes if one.title != "no attack"]
    tried = [one for one in attacks if one.detected is not None]
    found = sum(one.detected is True for one in tried)
    console.print(
        Text(f"{found} of {len(tried)} attacks detected and named; {len(attacks) - len(tried)} had no target")
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
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(checked.verdict.name, _STYLES[checked.verdict]))
    for line in checked.why:
        console.print(Text(line))
    for name in ("act", "evt", "key", "src", "fn", "ts", "_lane", "_seq"):
        if name in checked.entry:
            console.print(Text(f"  {name:<6} {checked.entry[name]}", "dim"))


def _time(nanoseconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(nanoseconds // 10**9))
