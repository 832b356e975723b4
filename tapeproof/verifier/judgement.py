"""Holding what the parts and the tree said against each other, and naming what does not fit."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tapeproof.log.control import heads_root
from tapeproof.verifier.controls import LINE_GRACE_NS, SKEW_NS
from tapeproof.verifier.findings import Attack, Finding
from tapeproof.verifier.history import PUBLISHED
from tapeproof.verifier.references import References
from tapeproof.verifier.suspects import Suspects

if TYPE_CHECKING:
    from tapeproof.verifier.authority import Authority
    from tapeproof.verifier.controls import Controls
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.folder import ExportFolder
    from tapeproof.verifier.index import Index
    from tapeproof.verifier.options import Options
    from tapeproof.verifier.parts import Waiting

__all__ = ["Judgement", "anchor_in_lines", "format_time"]

_HOUR_NS = 3_600 * 10**9
_LINE_ATTACKS = frozenset({Attack.LINE_MISSING, Attack.LINE_UNMATCHED, Attack.LINE_FORGED})


class Judgement:
    """What is judged when every part and every tile has been looked at.

    Args:
        folder: The export.
        index: Runs, lanes, citations and suspects.
        controls: What the control leaves say.
        authority: The tree under the signed root.
        report: Takes findings.
    """

    def __init__(
        self, folder: ExportFolder, index: Index, controls: Controls, authority: Authority, report: Report
    ) -> None:
        self._folder, self._index, self._controls = folder, index, controls
        self._authority, self._report = authority, report

    def run(self, options: Options, waiting: list[Waiting], loose: list[Finding]) -> None:
        """Judge everything.

        Args:
            options: What the reader brings.
            waiting: Newest records that cite a duplicate.
            loose: What records and lines said.
        """
        copies = self._authority.bundles
        references = References(self._folder, self._index, self._controls, self._report, copies=copies)
        suspects = Suspects(self._folder, self._index, self._controls, self._authority, self._report)
        self._leaves()
        self._hours()
        self._seals()
        self._requests()
        references.latest(waiting)
        references.citations()
        references.others()
        suspects.lanes(options.progress)
        suspects.loose(loose)
        suspects.judge_stopped_lanes()
        self._freshness(options.max_age_seconds)

    def _leaves(self) -> None:
        """Mark the lanes whose leaves are not the true ones, and name control leaves where the log has none."""
        for leaf in self._index.misplaced_controls():
            detail = "a control leaf is stored where the log has an entry"
            self._report.add(Finding(Attack.CONTROL_DAMAGED, detail, leaf=leaf))
        for leaf in self._authority.find_differing():
            run = self._index.run_at(leaf)
            if run:
                self._index.suspect([run.lane])
            else:
                detail = "the control leaf in the table is not the one in the tree"
                self._report.add(Finding(Attack.CONTROL_DAMAGED, detail, leaf=leaf))

    def _hours(self) -> None:
        """Hold every CLOSE leaf against the runs it closed."""
        for hour, close in self._controls.closed.items():
            heads = [(lane, entries, self._authority.leaf(last)) for lane, entries, last in self._index.heads(hour)]
            sums = (len(heads), sum(entries for _, entries, _ in heads), heads_root(heads))
            if sums != (close["lanes"], close["entries"], close["heads"]):
                detail = f"the hour {hour} was closed with {close['lanes']} lanes and {close['entries']} entries, "
                detail += f"the log holds {sums[0]} and {sums[1]}"
                self._report.add(Finding(Attack.CONTROL_DAMAGED, detail, leaf=close["leaf"]))

    def _seals(self) -> None:
        """Hold every SEAL leaf against a stored checkpoint: each was signed and kept when it was made."""
        kept = {size for size, _, where, _ in self._index.checkpoints() if where != PUBLISHED}
        for leaf in self._controls.seals:
            if leaf + 1 not in kept and leaf + 1 < self._report.size:
                detail = f"the log was signed at {leaf + 1} leaves, no such checkpoint is stored"
                self._report.add(Finding(Attack.CHECKPOINT_MISSING, detail, leaf=leaf))

    def _requests(self) -> None:
        """Hold the answered requests to prune against their leaves, and these against the hours they end."""
        requested = set[str]()
        for request in self._folder.requests():
            epoch, leaf = str(request["epoch"]), request["leaf"]
            requested.add(epoch)
            answer, close = self._controls.pruned.get(epoch), self._controls.closed.get(epoch)
            said = {name: request[name] for name in ("epoch", "entries", "export", "by")}
            if answer and answer["leaf"] <= leaf and {name: answer[name] for name in said} != said:
                detail = f"the request to prune {epoch} is not the one that leaf {answer['leaf']} answers"
                self._report.add(Finding(Attack.REQUEST_FORGED, detail, leaf=answer["leaf"], subject=epoch))
            elif leaf != -1 and leaf < self._report.size and not answer:
                detail = f"the request to prune {epoch} says that leaf {leaf} answers it, which it does not"
                self._report.add(Finding(Attack.REQUEST_FORGED, detail, leaf=leaf, subject=epoch))
            elif 0 <= request["close"] < self._report.size and (not close or close["leaf"] != request["close"]):
                detail = f"the request to prune {epoch} cites leaf {request['close']}, which did not close the hour"
                self._report.add(Finding(Attack.REQUEST_FORGED, detail, leaf=request["close"], subject=epoch))
            elif leaf == -1 and close and close["entries"] != request["entries"]:
                detail = (
                    f"the request to prune {epoch} counts {request['entries']} entries, the hour had {close['entries']}"
                )
                self._report.add(Finding(Attack.REQUEST_FORGED, detail, leaf=close["leaf"], subject=epoch))
        for epoch, prune in self._controls.pruned.items():
            if self._folder.has_requests and epoch not in requested:
                detail = f"the request to prune {epoch}, which leaf {prune['leaf']} answers, is gone"
                self._report.add(Finding(Attack.REQUEST_FORGED, detail, leaf=prune["leaf"], subject=epoch))
            close = self._controls.closed.get(epoch)
            if close is None or close["leaf"] > prune["leaf"] or close["entries"] != prune["entries"]:
                had = f"{close['entries']} entries" if close else "never been closed"
                detail = f"{prune['entries']} entries of the hour {epoch} were to be pruned, it had {had}"
                self._report.add(Finding(Attack.CONTROL_DAMAGED, detail, leaf=prune["leaf"], subject=epoch))

    def _freshness(self, max_age_seconds: int) -> None:
        """Report a newest checkpoint that is too old, or from the future."""
        if self._controls.sealed_at > self._report.as_of + SKEW_NS:
            sealed, judged = format_time(self._controls.sealed_at), format_time(self._report.as_of)
            detail = f"the newest checkpoint is of {sealed}, and judged as of {judged}, which was before"
            self._report.add(Finding(Attack.FUTURE_TIME, detail, leaf=self._report.size - 1))
        age = (self._report.as_of - self._controls.sealed_at) / 10**9
        if age > max_age_seconds:
            limit, when = max_age_seconds, format_time(self._controls.sealed_at)
            detail = f"the newest checkpoint is of {when}, {age:.0f} s old; {limit} s are allowed"
            self._report.add(Finding(Attack.STALE, detail))


def format_time(nanoseconds: int) -> str:
    """Return a time as people read it, in UTC; one outside the calendar as its number."""
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(nanoseconds // 10**9))
    except (OSError, OverflowError, ValueError):
        return f"{nanoseconds} ns since 1970"


def anchor_in_lines(report: Report, since: int, until: int) -> None:
    """Count complete witness lines as an anchor: they are kept by another service, under other permissions.

    Args:
        report: Takes the anchor.
        since: First time that lines cover, nanoseconds since 1970.
        until: Last time. Lines that end long before the newest checkpoint say nothing of what it was made of.
    """
    count = report.counts.get("witness lines", 0)
    complete = since < until and report.checkpoint_time - until < _HOUR_NS
    # A window of the last minutes wants nearly no line, and vouches for nothing.
    complete = complete and since <= report.checkpoint_time - LINE_GRACE_NS
    if count and complete and not any(one.attack in _LINE_ATTACKS for one in report.findings):
        text = f"CloudWatch Logs, {count} witness lines, kept under permissions of their own"
        rest = f"; what was written before {format_time(since)} rests on the log's own key" if since > 0 else ""
        report.anchors.append(text + rest)
