"""The first pages behind the cover: conclusion, and what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.html.charts import stacked_bars
from tapeproof.evidence.reports.html.markup import (
    STATUS_WORDS,
    count,
    esc,
    mono,
    plural,
    section,
    status,
    table,
)
from tapeproof.evidence.reports.html.wording import EFFECTS_TOLD, EMULATOR, STAGE_NOT_COLLECTED
from tapeproof.evidence.verifier.counting import applies
from tapeproof.evidence.verifier.status import POLICY_STATUSES, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tapeproof.evidence.reports.view import View

__all__ = ["EFFECT_WORDS", "KIND_WORDS", "attention", "conclusion", "spell_moment", "stage_label", "verdict_sentence"]

EFFECT_WORDS: Final = {
    "design": "Design (source, plan, tests)",
    "simulated": "Simulated (emulator)",
    "recorded": "Recorded (a copy that was handed over)",
    "implemented": "Implemented (AWS account)",
    "operating": "Operating (over a period)",
}
KIND_WORDS: Final = {
    "policy": "Policies of the gate",
    "assertion": "Further assertions",
    "requirement": "Requirements of frameworks",
}
ORDER: Final = ("pass", "waived", "unknown", "fail", "not-evaluated", "not-applicable")
GRAVITY: Final = {"critical": 0, "high": 1, "medium": 2, "low": 3}
NAMED: Final = 6
"""At most this many resources are named in a line of what needs attention; the sheet names all."""


def conclusion(view: View) -> str:
    """Return the conclusion: words first, then the counts behind them."""
    counts = view.assessment["counts"]
    stages = counts["stages"]["policy"]
    bars = [(stage_label(view, stage), stages[stage]) for stage in STAGES if _applicable(stages[stage])]
    parts = [
        f'<p class="verdict">{verdict_sentence(view)}</p>',
        stacked_bars("chart-conclusion", "Policies of the gate by stage", bars, ORDER[:-1]),
    ]
    for kind in KIND_WORDS:
        named = [
            (f"stages.{kind}.{stage}", stage_label(view, stage), one) for stage, one in counts["stages"][kind].items()
        ]
        parts.append(_counts_table(f"{KIND_WORDS[kind]}, by stage", "Stage", named))
    parts.append("<h3>What the stages show together</h3>")
    parts.append(f"<p>{EFFECTS_TOLD}</p>")
    for kind, effects in sorted(counts["policies"].items(), key=lambda pair: list(KIND_WORDS).index(pair[0])):
        named = [(f"policies.{kind}.{effect}", EFFECT_WORDS[effect], effects[effect]) for effect in EFFECT_WORDS]
        parts.append(_counts_table(KIND_WORDS[kind], "What the evidence shows", named))
    rows = view.rows_by_verdict
    spelled = ", ".join(
        f"{count(f'rows.{verdict}', rows.get(verdict, 0))} {esc(STATUS_WORDS[verdict])}" for verdict in ORDER[:-1]
    )
    parts.append(
        f"<p>Behind these statuses stand single verdicts, one for each resource, policy and stage: {spelled}. "
        "They are listed in the policy sheets and in <code>reports/matrix.csv</code>.</p>"
    )
    return section("conclusion", "Conclusion", "".join(parts))


def verdict_sentence(view: View) -> str:
    """Return what the evidence says, in words and counts, claiming nothing that was not shown."""
    stages = view.assessment["counts"]["stages"]["policy"]
    total = sum(stages["source"].values())
    sentences = [_stage_sentence(view, stage, stages[stage], total) for stage in ("source", "plan", "live")]
    operating = view.assessment["counts"]["policies"]["policy"]["operating"]["pass"]
    if operating:
        held = plural(operating, "policy", "policies")
        runs = view.assessment["period"]["runs"]
        sentences.append(f"{held} held in {runs} runs at the stated cadence, with no failure between.")
    else:
        sentences.append("Nothing is shown to have <strong>operated</strong> over a period.")
    return " ".join(sentences)


def _stage_sentence(view: View, stage: str, counts: Mapping[str, int], total: int) -> str:
    facts = view.assessment["stages"][stage]
    if not facts["collected"]:
        return STAGE_NOT_COLLECTED[stage]
    where = {"source": "In the <strong>source</strong>", "plan": "In the <strong>plan</strong>"}.get(stage)
    if where is None and facts["simulated"]:
        return f"On an <strong>emulator</strong>, {_describe_counts(counts, total)}. {EMULATOR}"
    return f"{where or 'In the <strong>account</strong>'}, {_describe_counts(counts, total)}."


def stage_label(view: View, stage: str) -> str:
    """Return what a stage is called in charts and tables."""
    simulated = view.assessment["stages"][stage]["simulated"]
    return f"{stage.capitalize()} ({'SIMULATED' if simulated else view.effects_by_stage[stage]})"


def _describe_counts(counts: Mapping[str, int], total: int) -> str:
    applicable = _applicable(counts)
    words = [
        (counts["pass"], "pass", "passes"),
        (counts["waived"], "are waived", "is waived"),
        (counts["fail"], "fail", "fails"),
        (counts["unknown"], "could not be judged", "could not be judged"),
        (counts["not-evaluated"], "were not evaluated", "was not evaluated"),
    ]
    if counts["pass"] == applicable and applicable:
        return (
            f"all {applicable} policies pass"
            if applicable == total
            else f"all {applicable} that apply, of {total}, pass"
        )
    spoken = [f"{number} {one if number == 1 else many}" for number, many, one in words if number]
    listed = f"{', '.join(spoken[:-1])} and {spoken[-1]}" if len(spoken) > 1 else "".join(spoken) or "none applies"
    scope = f"{applicable} policies" if applicable == total else f"the {applicable} of {total} policies that apply"
    return f"of {scope}, {listed}"


def _applicable(counts: Mapping[str, int]) -> int:
    return sum(counts.values()) - counts["not-applicable"]


def _counts_table(title: str, head: str, named: Sequence[tuple[str, str, Mapping[str, int]]]) -> str:
    rows = [
        [esc(label), *(count(f"{name}.{status}", counts[status]) for status in ORDER), str(sum(counts.values()))]
        for name, label, counts in named
        if applies(counts)
    ]
    return table(title, [head, *(STATUS_WORDS[status] for status in ORDER), "in all"], rows, style="numbers")


def attention(view: View) -> str:
    """Return what somebody must look at, the gravest first."""
    entries = sorted(_entries(view), key=lambda entry: entry[0])
    if not entries:
        return section("attention", "What needs attention", "<p>Nothing. Every policy that could be judged passes.</p>")
    listed = "".join(f"<li>{text}</li>" for _, text in entries)
    return section("attention", f"What needs attention ({len(entries)})", f'<ul class="attention">{listed}</ul>')


def _entries(view: View) -> Iterator[tuple[tuple[int, int, str], str]]:
    failing: dict[str, list[str]] = {}
    for _, resource, policy, verdict in view.assessment["not_passed"]:
        if verdict in {"fail", "unknown"}:
            failing.setdefault(policy, []).append(resource)
    for policy in view.assessment["policies"]:
        effects = policy["effects"].values()
        worst = next((name for name in POLICY_STATUSES if name in effects), "pass")
        rank = GRAVITY[policy["severity"]] + (4 if policy["kind"] == "requirement" else 0)
        link = f'<a href="#sheet-{esc(policy["id"])}">{esc(policy["id"])}</a> {esc(policy["title"])}'
        if worst in {"fail", "unknown"}:
            accepted = f"<br>Accepted for now: {esc(', '.join(policy['accepted']))}." if policy["accepted"] else ""
            yield (
                (0 if worst == "fail" else 1, rank, policy["id"]),
                f"{status(worst)} {link}{_render_resources(failing.get(policy['id'], []))}{accepted}",
            )
    yield from _exception_entries(view)
    yield from _conflict_entries(view)
    for stage, facts in view.assessment["stages"].items():
        for failure in facts["failed"]:
            yield (
                (3, 0, stage),
                f"{status('not-evaluated')} The stage <strong>{esc(stage)}</strong> lacks evidence. {esc(failure)}",
            )


def _render_resources(resources: list[str]) -> str:
    unique = list(dict.fromkeys(resources))
    if not unique:
        return ""
    more = f" and {len(unique) - NAMED} more" if len(unique) > NAMED else ""
    return "<br>" + ", ".join(mono(one or "the root module") for one in unique[:NAMED]) + more


def _exception_entries(view: View) -> Iterator[tuple[tuple[int, int, str], str]]:
    for one in view.assessment["exceptions"]:
        link = f'<a href="#exceptions">{esc(one["resource"])}</a>'
        if one["state"] != "in force":
            yield (0, 0, one["resource"]), f"{status('fail')} The {esc(one['kind'])} {link} is {esc(one['state'])}."
        elif one["used"] is False:
            yield (
                (2, 1, one["resource"]),
                f"{status('unknown')} The acceptance {link} accepts nothing that is not met; remove it.",
            )


def _conflict_entries(view: View) -> Iterator[tuple[tuple[int, int, str], str]]:
    for control in view.assessment["controls"]:
        if control["conflict"] and "not-satisfied" in control["effects"].values():
            framework: Mapping[str, Any] = view.frameworks[control["framework"]]
            title = framework["controls"].get(control["control"], "")
            accepted = ", ".join(control["accepted"])
            told = f"accepted as {esc(accepted)}" if accepted else "nobody has accepted this on file"
            link = f'<a href="#controls-{esc(control["framework"])}">{esc(control["control"])}</a> {esc(title)}'
            text = f"{esc(framework['name'])} {link}: the stack is required to do the opposite; {told}."
            yield (2, 0, control["control"]), f"{status('not-satisfied')} {text}"


def spell_moment(text: str) -> str:
    """Return a moment as people read it."""
    return text.replace("T", " ").replace("Z", " UTC")
