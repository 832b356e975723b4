"""The cover: what the evidence says, what a reader must know first, and how much was met, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tapeproof.evidence.reports.html.markup import definition, esc, mono, section, status, table
from tapeproof.evidence.reports.html.opening import EFFECT_WORDS, KIND_WORDS, spell_moment, verdict_sentence
from tapeproof.evidence.reports.html.wording import PDF_ABSENT, PDF_THERE, VERIFY
from tapeproof.evidence.verifier.manual_evidence import IN_DATE
from tapeproof.evidence.verifier.reservations import spell_briefly, spell_reservation
from tapeproof.evidence.verifier.scope import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tapeproof.evidence.reports.view import View

__all__ = ["cover", "reservations"]

RESERVATION_WORDS: Final = {True: "contradiction", False: "reservation"}
TALLY: Final = ("met", "not met", "unknown", "conflicting", "not evaluated")
MET: Final = {
    "pass": "met",
    "waived": "not met",
    "fail": "not met",
    "unknown": "unknown",
    "not-evaluated": "not evaluated",
    "satisfied": "met",
    "not-satisfied": "not met",
}
"""What a status counts as on the cover; what was waived is not met, and the page on exceptions says by whom."""


def cover(view: View, contents: Sequence[tuple[str, str]]) -> str:
    """Return the cover: the conclusion in words before anything else; in print also the table of contents."""
    listed = "".join(f'<li><a href="#{name}">{esc(title)}</a></li>' for name, title in contents)
    run = view.run
    command = f"python3 verify.py {esc(run['id'])}.zip" + (" --fingerprint &lt;fingerprint&gt;" if view.signer else "")
    return (
        '<header class="cover"><p class="eyebrow">Evidence report</p>'
        f"<h1>{esc(run['subject'])}</h1>"
        f'<p class="verdict">{verdict_sentence(view)} <a href="#attention">What needs attention</a></p>'
        f"{_reservations(view)}"
        f"{_tally(view)}"
        f"{definition(_facts(view))}"
        f"<h2 id=verify-h>Verify this report</h2><p>{VERIFY}</p><code class=command>{command}</code>"
        f'<ol class="toc">{listed}</ol></header>\n'
    )


def _facts(view: View) -> list[tuple[str, str]]:
    run, looked = view.run, scope_of(list(view.items))
    signer = mono(view.signer) if view.signer else "<strong>UNSIGNED</strong>: anybody could have made this report"
    changed = " with changes that are not committed" if run.get("dirty") else ""
    period = f"{esc(spell_moment(run['period']['from']))} to {esc(spell_moment(run['as_of']))}"
    repository = f"<span class=why>{esc(run['repository'])}</span>" if run.get("repository") else ""
    who = run["collector"]
    return [
        ("As of", f'<time datetime="{esc(run["as_of"])}">{esc(spell_moment(run["as_of"]))}</time>'),
        *([("Period", period)] if run["period"]["from"] != run["as_of"] else []),
        ("AWS account", esc(", ".join(looked["accounts"])) or "none was examined"),
        ("Root modules", _listed(looked["roots"], "none was judged")),
        ("Environments", _listed(looked["var_files"], "no variable file was given")),
        *([("Own frameworks", own)] if (own := _own_frameworks(view)) else []),
        *([("Manual evidence", manual)] if (manual := _manual(view)) else []),
        ("Commit", mono(run["commit"]) + changed + repository if run.get("commit") else "no repository"),
        ("Collected by", f"{esc(who['who'])} <span class=why>known by {esc(who['how'])}</span>"),
        ("Run", mono(run["id"])),
        ("Tool", f"tapeproof {esc(run['tool']['version'])} <span class=why>{mono(run['tool']['digest'])}</span>"),
        ("Evidence digest", mono(view.evidence_digest)),
        ("Signed by", signer),
        ("Also in this bundle", PDF_THERE if view.pdf else PDF_ABSENT),
    ]


def _own_frameworks(view: View) -> str:
    """Return the frameworks that the entity wrote itself, each with the digest of its file."""
    own = [one for one in view.frameworks.values() if one.get("own")]
    shown = [f"{esc(one['name'])} <span class=why>{mono(one.get('file', {}).get('sha256', ''))}</span>" for one in own]
    return "".join(shown) + (
        "<span class=why>The entity wrote and mapped these; no publisher did.</span>" if own else ""
    )


def _manual(view: View) -> str:
    """Return how much evidence was gathered by hand, and how much of it still holds."""
    states = [one["state"] for one in view.assessment["manual"]]
    if not states:
        return ""
    told = f"{len(states)} offered, {states.count(IN_DATE)} in date, {len(states) - states.count(IN_DATE)} not"
    return f"{told} <span class=why>MANUAL: nothing is derived from it, and no count holds it</span>"


def _listed(paths: Sequence[str], none: str) -> str:
    return "<br>".join(map(mono, paths)) or none


def _tally(view: View) -> str:
    """Return how much is met, by kind and by what the evidence can show; a line for whatever was to be judged."""
    rows = [[esc(label), *(str(counted[one]) for one in TALLY), str(sum(counted.values()))]
            for label, counted in _tallied(view)]  # fmt: skip
    return table("What is met", ["What the evidence shows", *TALLY, "in all"], rows, style="numbers")


def _tallied(view: View) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yield a line for each kind; what was not evaluated at all, whatever the kind, is one."""
    for effect, words in EFFECT_WORDS.items():
        shown = words.partition(" ")[0].lower()
        kinds = {label: counted for label, counted in _by_kind(view, effect) if sum(counted.values())}
        total = {one: sum(counted[one] for counted in kinds.values()) for one in TALLY}
        if total["not evaluated"] == sum(total.values()) > 0:
            yield f"All of these: {shown}", total
        else:
            yield from ((f"{label}: {shown}", counted) for label, counted in kinds.items())


def _by_kind(view: View, effect: str) -> Iterator[tuple[str, dict[str, int]]]:
    counts = view.assessment["counts"]["policies"]
    for kind, label in KIND_WORDS.items():
        yield label, _count(counts.get(kind, {}).get(effect, {}).items())
    own = {name for name, one in view.frameworks.items() if one.get("own")}
    for label, wanted in (("Mapped controls", False), ("Controls of the entity's own", True)):
        controls = [one for one in view.assessment["controls"] if (one["framework"] in own) is wanted]
        yield label, _count((_control_status(one, effect), 1) for one in controls)


def _control_status(control: Mapping[str, object], effect: str) -> str:
    effects: Mapping[str, str] = control["effects"]  # type: ignore[assignment]
    reached = effects[effect]
    return "conflicting" if control["conflict"] and reached == "not-satisfied" else reached


def _count(statuses: Iterable[tuple[str, int]]) -> dict[str, int]:
    counted = dict.fromkeys(TALLY, 0)
    for name, number in statuses:
        if name != "not-applicable":
            counted[MET.get(name, name)] += number
    return counted


def _reservations(view: View) -> str:
    """Return what a reader must know before the conclusion; nothing where there is nothing."""
    found = view.assessment["reservations"]
    listed = [_line(contradiction, text) for contradiction, text in spell_briefly(found)]
    more = '<p><a href="#reservations">All of them, whole</a></p>' if len(listed) < len(found) else ""
    head = f"<h2 id=reservations-h>Reservations ({len(found)})</h2>"
    return f'{head}<ul class="attention">{"".join(listed)}</ul>{more}' if listed else ""


def reservations(view: View) -> str:
    """Return every reservation, whole."""
    found = view.assessment["reservations"]
    listed = "".join(_line(one["contradiction"], spell_reservation(one)) for one in found)
    body = f'<ul class="attention">{listed}</ul>' if listed else "<p>There are none.</p>"
    return section("reservations", f"Reservations in full ({len(found)})", body)


def _line(contradiction: bool, text: str) -> str:
    return f"<li>{status('fail' if contradiction else 'unknown', RESERVATION_WORDS[contradiction])} {esc(text)}.</li>"
