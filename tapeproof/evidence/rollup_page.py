"""Several accounts and environments as text, JSON and one HTML page that needs no network and runs no script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tapeproof.evidence.reports.html.markup import esc, mono, section, status, table
from tapeproof.evidence.reports.html.style import policy_for, style_sheet
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tapeproof.evidence.rollup import Column, Rollup

__all__ = ["render_rollup_html", "render_rollup_json", "render_rollup_text"]

LEAD: Final = (
    "Each bundle was verified before it was read. A policy or control is met in the whole only where it is met in "
    "every bundle: nothing is averaged. A bundle that did not verify shows nothing."
)
MET: Final = {"pass", "satisfied"}


def render_rollup_json(rollup: Rollup) -> str:
    """Return everything as JSON."""
    columns = [
        {**one._asdict(), "statuses": [[*subject, found] for subject, found in sorted(one.statuses.items())]}
        for one in rollup.columns
    ]
    return json.dumps({**rollup._asdict(), "columns": columns}, indent=1, sort_keys=True) + "\n"


def render_rollup_text(rollup: Rollup) -> str:
    """Return lines for a person."""
    return "\n".join([*_lines(rollup), ""])


def _lines(rollup: Rollup) -> Iterator[str]:
    for one in rollup.columns:
        mark = " SIMULATED" if one.simulated else ""
        yield f"{one.place}  {one.run}  {one.as_of}  {one.word}{mark}"
        yield from (f"  {effect:<12}{_spell_counts(one, effect)}" for effect in one.counts)
        yield from (f"  {told}" for told in one.findings)
    yield from (f"MISSING     {place}: no bundle of it verified" for place in rollup.missing)
    yield from (f"TWICE       {place}: more than one bundle is of it" for place in rollup.twice)
    for word, rows in (("not met", rollup.unmet), ("differs", rollup.differs)):
        for subject, effect, statuses in rows:
            shown = ", ".join(f"{one.place} {found}" for one, found in zip(rollup.columns, statuses, strict=True))
            yield f"{word:<12}{subject} {effect}: {shown}"
    bundles = count_of(len(rollup.columns), "bundle")
    yield f"{bundles}, {len(rollup.unmet)} not met somewhere, {len(rollup.differs)} differ"


def render_rollup_html(rollup: Rollup) -> str:
    """Return one page; equal bundles give equal bytes."""
    style = style_sheet("several environments", "")
    head = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{esc(policy_for(style))}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Evidence of several environments</title><style>{style}</style></head>\n"
    )
    parts = [_overview(rollup), *(_place(one) for one in rollup.columns)]
    parts += [_rows(rollup, "unmet", "Not met in at least one", rollup.unmet)]
    parts += [_rows(rollup, "differs", "Not the same everywhere", rollup.differs)]
    title = '<header class="cover"><p class="eyebrow">Evidence report</p><h1>Several accounts and environments</h1>'
    cover = f'{title}<p class="verdict">{esc(LEAD)}</p></header>'
    return f'{head}<body><main id="main">{cover}{"".join(parts)}</main></body></html>\n'


def _overview(rollup: Rollup) -> str:
    rows = [
        [
            esc(one.place) + ("<span class=why>SIMULATED</span>" if one.simulated else ""),
            mono(one.run),
            esc(one.as_of),
            status("pass" if one.word == "VERIFIED" else "unknown" if one.statuses else "fail", one.word),
            mono(one.signer) if one.signer else "nobody",
        ]
        for one in rollup.columns
    ]
    rows += [[esc(place), "", "", status("fail", "MISSING"), ""] for place in rollup.missing]
    rows += [[esc(place), "", "", status("unknown", "more than one bundle"), ""] for place in rollup.twice]
    heads = ["Account and environment", "Run", "As of", "Verified", "Signed by"]
    return section("overview", "Bundles", table("Bundles", heads, rows, style="listed"))


def _place(column: Column) -> str:
    name = f"{column.place} {column.run}"
    told = "".join(f"<li>{esc(one)}</li>" for one in column.findings)
    listed = f"<ul>{told}</ul>" if told else ""
    rows = [[esc(effect), esc(_spell_counts(column, effect))] for effect in column.counts]
    heads = ["What the evidence shows", "Policies and controls by status"]
    body = table(name, heads, rows) if rows else "<p>It did not verify, so nothing of it is shown.</p>"
    return section(f"place-{esc(column.manifest.rpartition(':')[2][:16])}", esc(name), body + listed)


def _rows(rollup: Rollup, name: str, title: str, rows: Sequence[tuple[str, str, list[str]]]) -> str:
    heads = ["Policy or control", "What the evidence shows", *(one.place for one in rollup.columns)]
    cells = [[mono(subject), esc(effect), *(_cell(one) for one in found)] for subject, effect, found in rows]
    told = table(title, heads, cells, style="listed") if cells else "<p>There is none.</p>"
    return section(name, f"{title} ({len(rows)})", told)


def _cell(found: str) -> str:
    return status("pass" if found in MET else found if found in {"fail", "waived"} else "unknown", found)


def _spell_counts(column: Column, effect: str) -> str:
    return ", ".join(f"{number} {found}" for found, number in column.counts[effect].items())
