"""A large answer on one screen: counts by policy and by root, causes of what could not be told, the worst findings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tapeproof.gate.outputs.text import summarize
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tapeproof.gate.engine.report import Report, Result

__all__ = ["MANY", "render"]

MANY = 40
"""From how many findings on an answer is told in short, unless all of it is asked for."""
_WORST = 10
_ROWS = 12
_SEVERITIES = ("critical", "high", "medium", "low")
_BAD = {"fail", "unknown"}


def render(report: Report) -> str:
    """Return the report in short."""
    bad = [result for result in report.notable if result.verdict in _BAD]
    lines = [*_tell_policies(report, bad), *_tell_roots(bad), *_tell_causes(bad), *_tell_worst(bad)]
    return "".join(f"{line}\n" for line in lines) + summarize(report)


def _tell_policies(report: Report, bad: Sequence[Result]) -> Iterator[str]:
    titles = {policy.id: policy.title for policy in report.policies}
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in bad:
        groups.setdefault((result.policy, result.severity), []).append(result)
    if not groups:
        return
    yield f"{'policy':<10} {'severity':<9}{'fails':>7}{'unknown':>9}{'roots':>7}"
    ordered = sorted(groups.items(), key=lambda group: (_SEVERITIES.index(group[0][1]), -len(group[1]), group[0]))
    for (policy, severity), results in ordered:
        verdicts = Counter(result.verdict for result in results)
        roots = len({result.root for result in results})
        numbers = f"{verdicts['fail']:>7,}{verdicts['unknown']:>9,}{roots:>7,}"
        yield f"{policy:<10} {severity:<9}{numbers}  {escape_text(titles.get(policy, 'could not be judged'))}"
    yield ""


def _tell_roots(bad: Iterable[Result]) -> Iterator[str]:
    counts = Counter(result.root for result in bad)
    if len(counts) <= 1:
        return
    yield "root modules with the most"
    for root, number in counts.most_common(_ROWS):
        yield f"{number:>7,}  {escape_text(root)}"
    yield from _tell_rest(len(counts) - _ROWS, "root modules")


def _tell_causes(bad: Iterable[Result]) -> Iterator[str]:
    counts = Counter(result.message for result in bad if result.verdict == "unknown")
    if not counts:
        return
    yield "what could not be told, by cause"
    for cause, number in counts.most_common(_ROWS):
        yield f"{number:>7,}  {escape_text(cause)}"
    yield from _tell_rest(len(counts) - _ROWS, "causes")


def _tell_worst(bad: Sequence[Result]) -> Iterator[str]:
    if not bad:
        return
    ordered = sorted(
        bad, key=lambda result: (_SEVERITIES.index(result.severity), result.verdict, result.file, result.line)
    )
    for result in ordered[:_WORST]:
        place = ":".join(str(part) for part in (result.file, result.line, result.column) if part) or result.root
        what = f"{result.policy} {result.resource}".strip()
        yield f"{escape_text(place)}: {result.verdict.upper()} {escape_text(what)}: {escape_text(result.message)}"
    if len(ordered) > _WORST:
        yield f"and {len(ordered) - _WORST:,} more; --format full shows all, `gate check ROOT` those of one root"
    yield ""


def _tell_rest(number: int, what: str) -> Iterator[str]:
    if number > 0:
        yield f"         and {number:,} more {what}"
    yield ""
