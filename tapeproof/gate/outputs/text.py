"""The report for people: each finding with its line, a caret under the offending value, the control and the fix."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.terminal import count_of, escape_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tapeproof.gate.engine.report import PolicySummary, Report, Result
from tapeproof.gate.engine.scope import OTHER_PROVIDER

__all__ = ["render", "summarize"]

_WIDEST = 160
_SHOWN_CONTROLS = 4
_SHOWN_PATHS = 3
_WAYS_OUT = (
    "what is UNKNOWN for lack of a value takes --var-file, --var or `roots` in .tapeproof.yaml; "
    "what is for lack of a module, --init"
)
_STYLES = {"fail": "bold red", "unknown": "bold magenta", "waived": "bold blue", "warning": "bold yellow"}


class Segment(NamedTuple):
    """Some text in one style."""

    text: str
    style: str = ""


def render(report: Report, *, colour: bool = False) -> str:
    """Return the report as text.

    Args:
        report: What to say.
        colour: Whether to add the terminal's colours; for a terminal only.
    """
    policies = {policy.id: policy for policy in report.policies}
    segments: list[Segment] = []
    for alike in _group_results(report.notable):
        segments.extend(_render_finding(alike, policies.get(alike[0].policy)))
    segments.extend(_waivers(report))
    for problem in report.problems:
        segments += [Segment("error", "bold red"), Segment(f": {_clean(problem)}\n\n")]
    segments.extend(_summary(report))
    return _colour_segments(segments) if colour else "".join(segment.text for segment in segments)


def summarize(report: Report) -> str:
    """Return what stands at the end of every text: counts, and what was not asked or not read."""
    return "".join(segment.text for segment in (*_waivers(report), *_summary(report)))


def _group_results(results: Iterable[Result]) -> Iterator[list[Result]]:
    """Yield what is to be shown, results that differ only in the instance together."""
    groups: dict[tuple[object, ...], list[Result]] = {}
    for result in results:
        if result.verdict in {"fail", "unknown"} or result.warning:
            place = (result.file, result.line, result.column) if result.line else (result.resource,)
            groups.setdefault((result.verdict, result.policy, result.message, *place), []).append(result)
    ordered = sorted(groups.values(), key=lambda alike: (alike[0].file, alike[0].line, alike[0].column))
    yield from ordered


def _render_finding(alike: Sequence[Result], policy: PolicySummary | None) -> Iterator[Segment]:
    first = alike[0]
    kind = "warning" if first.warning and first.verdict == "pass" else first.verdict
    place = ":".join(str(part) for part in (first.file, first.line, first.column) if part)
    more = len({result.resource for result in alike}) - 1
    resource = first.resource + (f" and {more} more" if more else "")
    yield Segment(f"{_escape_place(place or first.root)}: ", "bold")
    yield Segment(kind.upper(), _STYLES[kind])
    yield Segment(f" {first.policy}", "bold")
    yield Segment(f" {_clean(resource)} ({first.severity}, {first.front_end})\n".replace("  ", " "))
    yield Segment(f"  {_clean(first.message)}\n")
    yield from _excerpt(first, _STYLES[kind])
    if first.fix:
        yield Segment("  fix: ", "green")
        yield Segment(f"{_clean(first.fix)}\n")
    if policy is not None:
        yield Segment(f"  why: {_clean(policy.title)}{_controls(policy)}\n", "dim")
    yield Segment("\n")


def _excerpt(result: Result, style: str) -> Iterator[Segment]:
    """Yield the source line and a caret under the offending value; both are cut when the line is long."""
    line = _clean(result.source_line.rstrip("\n"))
    if not line.strip() or not result.line:
        return
    start = max(result.column - result.source_column, 0)
    same_line = result.end_line == result.line and result.end_column > result.column
    length = result.end_column - result.column if same_line else 1
    first = max(start - _WIDEST // 2, 0) if len(line) > _WIDEST else 0
    shown = line[first : first + _WIDEST]
    margin = f"{result.line:>6} | "
    before = " " * _columns(line[first:start])
    carets = "^" * max(_columns(line[start : min(start + length, first + _WIDEST)]), 1)
    yield Segment(margin, "dim")
    yield Segment(f"{shown}\n")
    yield Segment(" " * (len(margin) - 2) + "| ", "dim")
    yield Segment(f"{before}{carets}\n", style)


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) != 0 for character in text)


def _controls(policy: PolicySummary) -> str:
    """Return the first controls, each framework named once: `` [nist-800-53-r5 AU-11, SI-12; soc2-tsc CC7.2]``."""
    by_framework: dict[str, list[str]] = {}
    for control in policy.controls[:_SHOWN_CONTROLS]:
        by_framework.setdefault(control["framework"], []).append(control["id"])
    shown = "; ".join(f"{framework} {', '.join(ids)}" for framework, ids in by_framework.items())
    more = len(policy.controls) - _SHOWN_CONTROLS
    return f" [{shown}{f' and {more} more' if more > 0 else ''}]" if shown else ""


def _waivers(report: Report) -> Iterator[Segment]:
    for waiver in report.waivers:
        place = f"{waiver['file']}:{waiver['line']}"
        about = f"{waiver['policy']} {waiver['resource']}".strip()
        yield Segment(f"{_escape_place(place)}: ", "bold")
        yield Segment("WAIVER", _STYLES["waived"])
        yield Segment(f" {_clean(about)}: {waiver['state']}, {count_of(waiver['results'], 'result')}\n")
        if waiver["reason"]:
            until = waiver["expires"] or "they are mended"
            yield Segment(f"  {_clean(waiver['reason'])} ({_clean(waiver['owner'])}, until {until})\n")
        yield Segment("\n")


def _summary(report: Report) -> Iterator[Segment]:
    counts = report.counts
    parts = [
        count_of(counts["fail"], "finding"),
        f"{counts['unknown']} unknown",
        f"{counts['pass']} passed",
        f"{counts['waived']} waived",
    ]
    if counts["warning"]:
        parts.append(count_of(counts["warning"], "warning"))
    for row in report.not_asked:
        where = f" in {', '.join(row['paths'])}" if row["paths"] else ""
        hidden = f"; {count_of(row['results'], 'verdict')} left out" if row["results"] else ""
        yield Segment(f"not asked: {row['policy']}{_clean(where)} ({_clean(row['reason'])}){hidden}\n", "dim")
    for row in report.overrides:
        told = ", ".join(f"{name} {value} instead of {row['usual'][name]}" for name, value in row["parameters"].items())
        where = f"{row['policy']} in {', '.join(row['paths'])}"
        yield Segment(f"judged otherwise: {_clean(where)} by {_clean(told)} ({_clean(row['reason'])})\n", "dim")
    if counts["unknown"]:
        yield Segment(f"{_WAYS_OUT}\n", "dim")
    if report.fail_on != "low":
        yield Segment(f"the exit status counts {report.fail_on} and above\n", "dim")
    style = {0: "bold green", 1: "bold red"}.get(report.exit_status, "bold magenta")
    yield Segment(", ".join(parts), style)
    files = f"{report.files.read} of {report.files.on_disk} files read"
    roots = count_of(len(report.roots), "root module")
    yield Segment(f"; {count_of(len(report.policies), 'policy', 'policies')}, {roots}, {files}\n")
    yield from _outside(report)
    yield from _passed_over(report)


def _outside(report: Report) -> Iterator[Segment]:
    """Yield what other providers make, which the policies about AWS are not about."""
    made = [row for row in report.scope if row["outside"] == OTHER_PROVIDER and row["kind"] != "provider"]
    if not made:
        return
    named = [f"{'' if row['kind'] == 'resource' else row['kind'] + '.'}{row['type']} ({row['number']})" for row in made]
    more = len(named) - _SHOWN_PATHS
    shown = ", ".join(named[:_SHOWN_PATHS]) + (f" and {count_of(more, 'more type')}" if more > 0 else "")
    yield Segment(f"of other providers, so outside of the policies about AWS: {_clean(shown)}\n", "dim")


def _passed_over(report: Report) -> Iterator[Segment]:
    """Yield what was not read, by the reason; of each reason a few."""
    by_reason: dict[str, list[str]] = {}
    for one in report.passed_over:
        by_reason.setdefault(one["reason"], []).append(one["path"])
    for reason, paths in by_reason.items():
        more = len(paths) - _SHOWN_PATHS
        shown = ", ".join(paths[:_SHOWN_PATHS]) + (f" and {more} more" if more > 0 else "")
        yield Segment(f"not read: {_clean(shown)} ({_clean(reason)})\n", "dim")


def _escape_place(place: str) -> str:
    """Return a path that begins a line so that no CI system takes it for a command (``::error::``, ``##vso[``)."""
    escaped = escape_text(place)
    return f"./{escaped}" if escaped.startswith((":", "#")) else escaped


def _clean(text: str) -> str:
    """Return text without what could move a terminal's cursor; a tab becomes one blank, so that carets stand right."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character in "\t\n\r":
        return " "
    return "\ufffd" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character


def _colour_segments(segments: Iterable[Segment]) -> str:
    from io import StringIO  # noqa: PLC0415 - only a terminal needs it

    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.text import Text  # noqa: PLC0415 - slow to import

    console = Console(file=StringIO(), force_terminal=True, soft_wrap=True, highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(Text.assemble(*((segment.text, segment.style) for segment in segments)), end="")
    return capture.get()
