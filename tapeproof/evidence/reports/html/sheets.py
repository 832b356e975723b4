"""One sheet for each policy: what is required, how it was judged, and every resource with what was observed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.html.markup import definition, esc, mono, plural, status, table
from tapeproof.evidence.reports.html.opening import EFFECT_WORDS
from tapeproof.evidence.reports.html.wording import STAGE_LIMITS, STAGE_METHODS
from tapeproof.evidence.reports.view import Spools

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tapeproof.evidence.reports.view import View

__all__ = ["PASSES_SHOWN", "SheetRows", "sheet_head", "sheets"]

PASSES_SHOWN: Final = 200
"""Passing resources shown for each policy and stage; what does not pass is always shown, and the CSV holds all."""


class SheetRows:
    """Keeps the rows of each sheet until it is written.

    What does not pass is a line of a table each. Resources that pass and of which the judges observed the same stand
    together below what was observed, each with its evidence: a sheet is as long as what there is to read.
    """

    def __init__(self) -> None:
        self._failing = Spools()
        self._passing: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._passes: dict[tuple[str, str], int] = {}

    def add(self, row: Mapping[str, Any]) -> None:
        """Keep one row."""
        key = (row["policy"], row["stage"])
        if row["verdict"] != "pass":
            self._failing.add(key, _row(row))
            return
        self._passes[key] = self._passes.get(key, 0) + 1
        if self._passes[key] <= PASSES_SHOWN:
            self._passing.setdefault(key, {}).setdefault(_join_observed(row), []).append(_entry(row))

    def chunks(self, policy: str, stage: str) -> Iterator[bytes]:
        """Yield the rows of one policy and stage."""
        key, where = (policy, stage), f"{policy} at {stage}"
        failing, passes = self._failing.count(key), self._passes.get(key, 0)
        if failing:
            yield _bytes(_table_head(f"{where}: {plural(failing, 'resource')} of {failing + passes} not as required"))
            yield from self._failing.chunks(key)
            yield b"</tbody></table></div>"
        if passes:
            yield _bytes(_alike(where, passes, self._passing[key]))

    def close(self) -> None:
        """Release the temporary files."""
        self._failing.close()


def _table_head(caption: str) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Verdict", "Resource", "Observed", "Evidence"))
    return (
        f'<div class="scroll" role="region" aria-label="{esc(caption)}" tabindex="0"><table class="rows">'
        f"<caption>{esc(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>"
    )


def _alike(where: str, passes: int, groups: Mapping[str, list[str]]) -> str:
    parts = [f"<h4>{esc(where)}: {status('pass')} {plural(passes, 'resource')}</h4>"]
    alone = [(observed, entries[0]) for observed, entries in groups.items() if observed and len(entries) == 1]
    for observed, entries in groups.items():
        if observed and len(entries) == 1:
            continue
        head = f"observed {mono(observed)}" if observed else "as required"
        told = f"<p>{head} ({len(entries)})</p>" if observed or len(groups) > 1 else ""
        parts.append(f'<div class="alike">{told}{_render_list(entries)}</div>')
    if alone:
        told = _render_list(f"{entry}<span class=why>observed {mono(observed)}</span>" for observed, entry in alone)
        parts.append(f'<div class="alike">{told}</div>')
    hidden = passes - sum(map(len, groups.values()))
    if hidden:
        told = f"{plural(hidden, 'more resource')} that pass stand in <code>reports/matrix.csv</code>"
        parts.append(f"<p>{told} and <code>results.jsonl</code>.</p>")
    return "".join(parts)


def _render_list(entries: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


def _join_observed(row: Mapping[str, Any]) -> str:
    return "; ".join(dict.fromkeys(str(one["observed"]) for one in row["findings"] if one.get("observed")))


def _entry(row: Mapping[str, Any]) -> str:
    address = mono(row["resource"]).replace(".", ".<wbr>") if row["resource"] else "the root module"
    return f"{address} {_references(row)}"


def _references(row: Mapping[str, Any]) -> str:
    return " ".join(f'<a href="#evidence-{esc(one.split(":")[0])}">{esc(one)}</a>' for one in row["references"])


def _row(row: Mapping[str, Any]) -> str:
    place = next((one for one in row["findings"] if one.get("file") and one.get("line")), None)
    where = f'<span class="why">{esc(place["file"])}:{place["line"]}:{place.get("column", 0)}</span>' if place else ""
    told = "".join(_render_finding(one) for one in row["findings"])
    resource = mono(row["resource"]) if row["resource"] else "the root module"
    cells = (status(row["verdict"]), resource + where, told, _references(row))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _render_finding(finding: Mapping[str, Any]) -> str:
    said = [esc(finding["message"])] if finding.get("message") else []
    said += [f"observed {mono(finding['observed'])}"] if finding.get("observed") else []
    beside = [f"expected {esc(finding['expected'])}"] if finding.get("expected") else []
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
        f"{_render_requirement(view, name)}<p><strong>Mapped controls:</strong> {controls}.</p>"
    )


def _render_requirement(view: View, policy: str) -> str:
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
            yield from rows.chunks(policy["id"], stage)
        yield _bytes(
            f"<p><strong>If it fails:</strong> {esc(view.policies[policy['id']]['remediation'])}</p></article>\n"
        )
    yield b"</section>\n"


def _methods_table(view: View) -> str:
    used = [
        stage for stage in STAGE_METHODS if any(stage in policy["stages"] for policy in view.assessment["policies"])
    ]
    rows = [[esc(stage), esc(STAGE_METHODS[stage]), esc(STAGE_LIMITS[stage])] for stage in used]
    heads = ["Stage", "Method", "Limits"]
    return table("How each stage is judged, and what that cannot show", heads, rows, style="listed")


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


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")
