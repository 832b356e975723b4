"""One sheet for each policy: what is required, how it was judged, and every resource with what was observed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from compliance.reports.html.markup import definition, esc, mono, plural, status, table
from compliance.reports.html.opening import EFFECT_WORDS
from compliance.reports.html.wording import METHODS, STAGE_LIMITS
from compliance.reports.view import Spools

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.reports.view import View

__all__ = ["PASSES_SHOWN", "SheetRows", "sheet_head", "sheets"]

PASSES_SHOWN: Final = 200
"""Passing resources shown for each policy and stage; what does not pass is always shown, and the CSV holds all."""


class SheetRows:
    """Keeps the rows of each sheet until it is written; what does not pass comes before what passes."""

    def __init__(self) -> None:
        self._spools = Spools()
        self._hidden: dict[tuple[str, str], int] = {}

    def add(self, row: Mapping[str, Any]) -> None:
        """Keep one row."""
        key = (row["policy"], row["stage"], row["verdict"] == "pass")
        if key[2] and self._spools.count(key) >= PASSES_SHOWN:
            self._hidden[key[:2]] = self._hidden.get(key[:2], 0) + 1
            return
        self._spools.add(key, _row(row))

    def count(self, policy: str, stage: str) -> tuple[int, int]:
        """Return how many rows are shown, and how many passing ones are not."""
        shown = sum(self._spools.count((policy, stage, passed)) for passed in (False, True))
        return shown, self._hidden.get((policy, stage), 0)

    def chunks(self, policy: str, stage: str) -> Iterator[bytes]:
        """Yield the rows of one policy and stage; the style sheet sets those that pass closer."""
        for passed in (False, True):
            if self._spools.count((policy, stage, passed)):
                yield b'<tbody class="passes">' if passed else b"<tbody>"
                yield from self._spools.chunks((policy, stage, passed))
                yield b"</tbody>"

    def close(self) -> None:
        """Release the temporary files."""
        self._spools.close()


def _row(row: Mapping[str, Any]) -> str:
    place = next((one for one in row["findings"] if one.get("file") and one.get("line")), None)
    where = f'<span class="why">{esc(place["file"])}:{place["line"]}:{place.get("column", 0)}</span>' if place else ""
    told = "".join(_told(one, passed=row["verdict"] == "pass") for one in row["findings"])
    told = told if told.replace("<div></div>", "") else '<span class="why">as required</span>'
    items = "<br>".join(f'<a href="#evidence-{esc(one.split(":")[0])}">{esc(one)}</a>' for one in row["references"])
    resource = mono(row["resource"]) if row["resource"] else "the root module"
    return f"<tr><td>{status(row['verdict'])}</td><td>{resource}{where}</td><td>{told}</td><td>{items}</td></tr>\n"


def _told(finding: Mapping[str, Any], *, passed: bool) -> str:
    """Return one finding; what a passing resource had to be stands at the head of the sheet, once."""
    said = [esc(finding["message"])] if finding.get("message") else []
    said += [f"observed {mono(finding['observed'])}"] if finding.get("observed") else []
    beside = [f"expected {esc(finding['expected'])}"] if finding.get("expected") and not passed else []
    beside += [f"waived: {esc(finding['waiver'])}"] if finding.get("waiver") else []
    return f"<div>{'; '.join(said)}{''.join(f'<span class=why>{text}</span>' for text in beside)}</div>"


def sheet_head(view: View, policy: Mapping[str, Any]) -> str:
    """Return the beginning of a sheet: what is required, why, and how it stands."""
    name, effects = policy["id"], policy["effects"]
    mapped = sorted({f"{one['framework']} {one['control']}" for one in view.mappings if one["policy"] == name})
    about = [
        ("Severity", esc(policy["severity"])),
        *((EFFECT_WORDS[effect], status(effects[effect])) for effect in effects if effects[effect] != "not-applicable"),
        *([("Accepted for now", esc(", ".join(policy["accepted"])))] if policy["accepted"] else []),
    ]
    controls = esc("; ".join(mapped)) if mapped else "unmapped: no control of a framework here asks for it"
    return (
        f'<article class="sheet" id="sheet-{esc(name)}" aria-labelledby="h-{esc(name)}">'
        f'<h3 id="h-{esc(name)}"><code>{esc(name)}</code>{esc(policy["title"])}</h3>'
        f"<p>{esc(view.policies[name]['rationale'])}</p>{definition(about, 'facts tight')}"
        f"{_required(view, name)}<p><strong>Mapped controls:</strong> {controls}.</p>"
    )


def _required(view: View, policy: str) -> str:
    lines = [
        f"<li>{esc(one['stage'])}, {mono(one['type'])}: {esc(one['text'])}</li>"
        for one in view.criteria
        if one["policy"] == policy
    ]
    listed = f"<ul>{''.join(lines)}</ul>" if lines else ""
    told = "These criteria are evaluated here, and again by verify.py:" if lines else "The gate's rule judges it."
    return f"<p><strong>Required:</strong> what the title says. {told}</p>{listed}"


def sheets(view: View, rows: SheetRows) -> Iterator[bytes]:
    """Yield every sheet."""
    yield b'<section id="policies" aria-labelledby="policies-h"><h2 id="policies-h">Policy sheets</h2>'
    yield _bytes(_methods_table(view))
    for policy in view.ordered_policies:
        yield _bytes(sheet_head(view, policy))
        yield _bytes(_stage_table(policy))
        for stage in policy["stages"]:
            yield from _stage_rows(policy["id"], stage, rows)
        yield _bytes(
            f"<p><strong>If it fails:</strong> {esc(view.policies[policy['id']]['remediation'])}</p></article>\n"
        )
    yield b"</section>\n"


def _methods_table(view: View) -> str:
    used = [stage for stage in METHODS if any(stage in policy["stages"] for policy in view.assessment["policies"])]
    rows = [[esc(stage), esc(METHODS[stage]), esc(STAGE_LIMITS[stage])] for stage in used]
    return table("How each stage is judged, and what that cannot show", ["Stage", "Method", "Limits"], rows)


def _stage_table(policy: Mapping[str, Any]) -> str:
    verdicts = ("pass", "fail", "unknown", "waived")
    rows = [
        [
            esc(stage),
            status(facts["status"]) + _why(facts),
            str(facts["population"]),
            *(str(facts["counts"][verdict]) for verdict in verdicts),
        ]
        for stage, facts in policy["stages"].items()
    ]
    return table(
        f"{policy['id']}: population and verdicts by stage",
        ["Stage", "Status", "Population", *verdicts],
        rows,
        style="stages",
    )


def _why(facts: Mapping[str, Any]) -> str:
    return f'<span class="why">{esc(facts["reason"])}</span>' if facts["status"] == "not-evaluated" else ""


def _stage_rows(policy: str, stage: str, rows: SheetRows) -> Iterator[bytes]:
    shown, hidden = rows.count(policy, stage)
    if not shown:
        return
    caption = f"{policy} at {stage}: {plural(shown + hidden, 'resource')}"
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Verdict", "Resource", "Observed", "Evidence"))
    yield _bytes(
        f'<div class="scroll" role="region" aria-label="{esc(caption)}" tabindex="0"><table class="rows">'
        f"<caption>{esc(caption)}</caption><thead><tr>{heads}</tr></thead>"
    )
    yield from rows.chunks(policy, stage)
    yield b"</table></div>"
    if hidden:
        told = f"{plural(hidden, 'more resource')} that pass stand in <code>reports/matrix.csv</code>"
        yield _bytes(f"<p>{told} and <code>results.jsonl</code>.</p>")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")
