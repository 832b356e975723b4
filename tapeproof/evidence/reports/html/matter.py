"""The middle of the report: scope and population, controls, the audit log, exceptions, changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.html.charts import retention_chart, stacked_bars
from tapeproof.evidence.reports.html.manual import manual_evidence
from tapeproof.evidence.reports.html.markup import (
    STATUS_WORDS,
    count,
    definition,
    esc,
    mono,
    plural,
    section,
    status,
    table,
)
from tapeproof.evidence.reports.html.opening import EFFECT_WORDS
from tapeproof.evidence.reports.html.wording import (
    CONTROLS_LEAD,
    NO_PREVIOUS,
    ONE_STAGE,
    RECOVERY_IS_NO_RETENTION,
    SCOPE_LEAD,
)
from tapeproof.evidence.verifier.counting import applies
from tapeproof.evidence.verifier.status import EFFECTS, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.evidence.reports.view import View

__all__ = ["RETENTION_MARKS", "STAGE_WORDS", "changes", "controls", "exceptions", "retention", "scope"]

STAGE_WORDS: Final = {
    "source": "Source: the Terraform files of the commit",
    "plan": "Plan: what Terraform would make",
    "tests": "Tests",
    "exceptions": "Waivers and accepted risks",
    "live": "Live: read-only calls to AWS",
    "audit": "Audit log",
}
CONTROL_ORDER: Final = ("satisfied", "not-satisfied", "not-evaluated", "not-applicable")
RETENTION_MARKS: Final = (
    ("the brief: 30 d", 30),
    ("PCI DSS, FSBP: 365 d", 365),
    ("17a-4(b): 3 years", 1096),
    ("17a-4(a), FINRA 4511: 6 years", 2192),
)
"""What asks for how many days of logs; the mappings name the sources."""
LISTED: Final = 500
"""At most this many differences or changes are listed; the machine formats hold all."""


def scope(view: View) -> str:
    """Return what was looked at, and whether the stages saw the same resources."""
    populations = view.assessment["populations"]
    parts = [_stages(view)]
    known = list(populations["stages"])
    if populations["types"]:
        rows = [[mono(one["type"]), *(str(one[stage]) for stage in known)] for one in populations["types"]]
        rows.append(["<strong>all</strong>", *(f"<strong>{populations['stages'][stage]}</strong>" for stage in known)])
        parts.append(table("Resources by type and stage", ["Type", *known], rows, style="numbers"))
    parts += [_difference(pair) for pair in populations["differences"]]
    if len(known) <= 1:
        parts.append(f"<p class=note>{ONE_STAGE}</p>")
    return section(
        "scope",
        "Scope and population",
        "".join(parts),
        lead=SCOPE_LEAD,
    )


def _stages(view: View) -> str:
    rows = []
    for stage in STAGES:
        facts = view.assessment["stages"][stage]
        shown = EFFECT_WORDS[view.effects_by_stage[stage]]
        state = (
            "collected"
            if facts["collected"] and not facts["failed"]
            else "partly collected"
            if facts["collected"]
            else "not collected"
        )
        missing = "; ".join(facts["failed"]) or (facts["reason"] or "")
        mark = " SIMULATED" if facts["simulated"] else ""
        note = f'<span class="why">{esc(missing)}</span>' if missing else ""
        verdicts = view.assessment["counts"]["rows"].get(stage, {})
        rows.append([esc(STAGE_WORDS[stage]), esc(shown), f"{esc(state + mark)}{note}", str(sum(verdicts.values()))])
    heads = ["Stage", "What it can show", "Collected", "Verdicts"]
    return table("Where evidence was taken", heads, rows, style="listed")


def _difference(pair: Mapping[str, Any]) -> str:
    left, right = pair["left"], pair["right"]
    if not pair["only_left"] and not pair["only_right"]:
        return f"<p>{status('pass')} Source of truth agrees: {esc(left)} and {esc(right)} hold the same resources.</p>"
    rows = [[esc(f"only in {left}"), mono(one)] for one in pair["only_left"][:LISTED]]
    rows += [[esc(f"only in {right}"), mono(one)] for one in pair["only_right"][:LISTED]]
    total = len(pair["only_left"]) + len(pair["only_right"])
    more = f"<p>{total - len(rows)} more stand in <code>assessment.json</code>.</p>" if total > len(rows) else ""
    return table(f"Differences between {left} and {right} ({total})", ["Where", "Address"], rows) + more


def controls(view: View) -> str:
    """Return the control matrix of each framework."""
    parts = [f"<p>{CONTROLS_LEAD}</p>"]
    totals = view.assessment["counts"]["controls"]
    bars = [(_bar_label(view.frameworks[name]), effects["design"]) for name, effects in totals.items()]
    parts.append(stacked_bars("chart-controls", "Mapped controls by framework, design evidence", bars, CONTROL_ORDER))
    for name, framework in view.frameworks.items():
        entries = [one for one in view.assessment["controls"] if one["framework"] == name]
        if entries:
            parts.append(_framework(view, framework, entries, totals[name]))
    return section("controls", "Control matrix", "".join(parts))


def _bar_label(framework: Mapping[str, Any]) -> str:
    return f"{framework['short']} (own)" if framework.get("own") else str(framework["short"])


def _framework(
    view: View, framework: Mapping[str, Any], entries: list[Any], totals: Mapping[str, Mapping[str, int]]
) -> str:
    name = framework["id"]
    note = f"<p>{esc(framework['note'])}</p>" if framework.get("note") else ""
    read = f" Read: {framework['read']}." if framework.get("read") else ""
    own = "The entity's own framework and mappings. " if framework.get("own") else ""
    told = f"{own}{framework['edition']}. Source: {framework['source']}.{read} Text: {framework['text']}."
    source = f"<p class=lead>{esc(told)}</p>"
    rows = [
        [
            esc(EFFECT_WORDS[effect]),
            *(count(f"controls.{name}.{effect}.{one}", totals[effect][one]) for one in CONTROL_ORDER),
            str(len(entries)),
        ]
        for effect in EFFECTS
        if applies(totals[effect])
    ]
    heads = ["What the evidence shows", *(STATUS_WORDS[one] for one in CONTROL_ORDER), "mapped"]
    summary = table(f"{framework['name']}: mapped controls by status", heads, rows, style="numbers")
    live = "simulated" if view.run["simulated"] else "implemented"
    matrix = table(
        f"{framework['name']}: controls",
        ["Control", "Mapped policies and how far they go", "Design", EFFECT_WORDS[live].split(" ", 1)[0], "Operating"],
        [_control(view, framework, entry, live) for entry in sorted(entries, key=lambda one: _natural(one["control"]))],
        style="matrix",
    )
    return f'<h3 id="controls-{esc(name)}">{esc(framework["name"])}</h3>{source}{note}{summary}{matrix}'


def _control(view: View, framework: Mapping[str, Any], entry: Mapping[str, Any], live: str) -> list[str]:
    mapped = [
        one for one in view.mappings if (one["framework"], one["control"]) == (entry["framework"], entry["control"])
    ]
    lines = "".join(f"<li>{_render_mapping(one)}</li>" for one in mapped)
    accepted = f"<span class=why>accepted: {esc(', '.join(entry['accepted']))}</span>" if entry["accepted"] else ""
    named = f"{entry['framework']}:{entry['control']}"
    offered = [one["title"] for one in view.assessment["manual"] if named in one["controls"]]
    accepted += f"<span class=why>MANUAL evidence offered: {esc(', '.join(offered))}</span>" if offered else ""
    head = f"{mono(entry['control'])} <span class=why>{esc(framework['controls'].get(entry['control'], ''))}</span>"
    effects = entry["effects"]
    return [head, f"<ul>{lines}</ul>{accepted}", *(status(effects[one]) for one in ("design", live, "operating"))]


CONFIDENCE_WORDS: Final = {"published": "", "own": " (the entity's own)"}


def _render_mapping(mapping: Mapping[str, Any]) -> str:
    weight = CONFIDENCE_WORDS.get(mapping.get("confidence", ""), " (our judgement)")
    told = f"<span class=why>{esc(mapping['rationale'])}{weight}</span>"
    if not mapping["policy"]:
        return f"no policy; {esc(mapping['relation'].replace('-', ' '))}{told}"
    link = f'<a href="#sheet-{esc(mapping["policy"])}">{esc(mapping["policy"])}</a>'
    return f"{link} {esc(mapping['relation'].replace('-', ' '))}{told}"


def _natural(control: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", control)]


def retention(days: list[tuple[str, int]]) -> str:
    """Return configured retention beside what frameworks ask for.

    Args:
        days: Log groups with the days that were observed; 0 is without end.
    """
    if not days:
        return ""
    grouped: dict[int, int] = {}
    for _, day in days:
        grouped[day] = grouped.get(day, 0) + 1
    bars = [(plural(number, "log group"), day) for day, number in sorted(grouped.items())]
    chart = retention_chart(
        "chart-retention", "Configured log retention beside what frameworks ask for", bars, RETENTION_MARKS
    )
    rows = [
        [
            esc(label),
            *("met" if _meets_retention(day, wanted) else "<strong>not met</strong>" for _, wanted in RETENTION_MARKS),
        ]
        for label, day in _label_retentions(grouped)
    ]
    heads = ["Log groups", *(label for label, _ in RETENTION_MARKS)]
    told = f"<p>{RECOVERY_IS_NO_RETENTION}</p>"
    return (
        f"<h3>Retention of logs</h3>{chart}{table('Retention beside requirements', heads, rows, style='listed')}{told}"
    )


def _label_retentions(grouped: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    for day, number in sorted(grouped.items()):
        yield f"{plural(number, 'group')} at {'no end' if day == 0 else plural(day, 'day')}", day


def _meets_retention(day: int, wanted: int) -> bool:
    return day == 0 or day >= wanted


def exceptions(view: View) -> str:
    """Return waivers and accepted risks with their ends."""
    listed = view.assessment["exceptions"]
    if not listed:
        body = "<p>None are on file. Nothing was waived, and nobody has accepted a risk.</p>"
        return section("exceptions", "Exceptions and accepted risks", body + manual_evidence(view))
    rows = []
    for one in listed:
        subject = one.get("policy") or one.get("control") or "nothing named"
        people = f"{esc(one.get('owner') or 'no owner')}" + (
            f"<span class=why>approved by {esc(one['approver'])}</span>" if one.get("approver") else ""
        )
        made_up = one.get("compensating") or ()
        reason = esc(one.get("reason") or "no reason") + "".join(
            f"<span class=why>instead: {esc(text)}</span>" for text in made_up
        )
        state = status("pass" if one["state"] == "in force" else "fail") + f"<span class=why>{esc(one['state'])}</span>"
        rows.append(
            [
                f"{esc(one['resource'])}<span class=why>{esc(one['kind'])}</span>",
                mono(subject),
                reason,
                people,
                f"<time>{esc(one.get('expires') or 'never')}</time>",
                state,
            ]
        )
    heads = ["Exception", "Of", "Reason, and what makes up for it", "Owner", "Expires", "State"]
    body = table("Exceptions", heads, rows, style="listed") + manual_evidence(view)
    return section("exceptions", "Exceptions and accepted risks", body)


def changes(view: View) -> str:
    """Return what is different from the previous bundle."""
    moved, previous = view.assessment["changes"], view.assessment["previous"]
    if not previous or not moved:
        body = f"<p>{NO_PREVIOUS}</p>"
        return section("changes", "Changes since the previous bundle", body)
    facts = definition(
        [
            ("Previous run", mono(previous["run"])),
            ("As of", esc(previous["as_of"])),
            ("Digest of its manifest", mono(previous["digest"])),
        ]
    )
    parts = [facts]
    if moved["policies"]:
        rows = [
            [
                f'<a href="#sheet-{esc(one["policy"])}">{esc(one["policy"])}</a>',
                esc(EFFECT_WORDS[one["effect"]]),
                status(one["was"]),
                status(one["now"]),
            ]
            for one in moved["policies"]
        ]
        heads = ["Policy", "What the evidence shows", "Was", "Is"]
        parts.append(table("Policies whose status changed", heads, rows, style="listed"))
    if moved["policies_gone"]:
        parts.append(f"<p>No longer asserted: {esc(', '.join(moved['policies_gone']))}.</p>")
    for name, title in (("appeared", "New since the previous bundle"), ("resolved", "Gone since the previous bundle")):
        if moved[name]:
            rows = [
                [esc(stage), mono(resource), esc(policy), status(verdict)]
                for stage, resource, policy, verdict in moved[name][:LISTED]
            ]
            heads = ["Stage", "Resource", "Policy", "Verdict"]
            parts.append(table(f"{title} ({len(moved[name])})", heads, rows, style="listed"))
    if len(parts) == 1:
        parts.append("<p>Nothing changed: every status is what it was.</p>")
    return section("changes", "Changes since the previous bundle", "".join(parts))
