"""The last pages: evidence index, limits, glossary, sign-off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.html.markup import definition, esc, mono, plural, section, status, table
from tapeproof.evidence.reports.html.wording import GLOSSARY, LIMITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import View

__all__ = ["evidence_index", "glossary", "limits", "sign_off"]

REDACTIONS_SHOWN: Final = 20
CALLS_SHOWN: Final = 12


def evidence_index(view: View) -> str:
    """Return every evidence item with its source, population, times, hashes and redactions."""
    parts = [_item(item) for item in view.items]
    return section(
        "evidence",
        "Evidence index",
        "".join(parts),
        lead=f"{plural(len(view.items), 'item')}, each a folder below <code>evidence/</code>.",
    )


def _item(item: Mapping[str, Any]) -> str:
    state = status("pass", "collected") if item["status"] == "collected" else status("fail", "failed")
    mark = " <strong>SIMULATED</strong>" if item["simulated"] else ""
    population = item["population"]
    facts = [
        ("State", state + mark),
        ("Source", _source(item["source"])),
        (
            "Population",
            f"{population['count']} {esc(population['unit'])}<span class=why>{esc(population['query'])}</span>"
            if population
            else "none",
        ),
        ("As of", esc(item["as_of"])),
        ("Collected", f"{esc(item['collected'].get('from', ''))} to {esc(item['collected'].get('to', ''))}"),
        (
            "By",
            _identity(item["identity"]),
        ),
    ]
    failure = f"<p class=note>{esc(item['failure'])}</p>" if item["failure"] else ""
    partial = f"<p class=note>Incomplete: {esc(item['incomplete'])}</p>" if item["incomplete"] else ""
    files = (
        table(f"{item['id']}: raw files", ["File", "Bytes", "SHA-256"], _files(item), style="") if item["raw"] else ""
    )
    name, title = esc(item["id"]), esc(item["title"])
    heading = f'<h3 id="e-{name}"><code>{name}</code>{title}</h3>'
    body = f"{heading}{failure}{partial}{definition(facts)}{files}{_redactions(item)}"
    return f'<article class="sheet" id="evidence-{name}" aria-labelledby="e-{name}">{body}</article>\n'


def _identity(identity: Mapping[str, str]) -> str:
    return f"{esc(identity.get('who', ''))}<span class=why>known by {esc(identity.get('how', ''))}</span>"


def _files(item: Mapping[str, Any]) -> list[list[str]]:
    shown = item["raw"][:CALLS_SHOWN]
    rows = [[mono(raw["path"]), str(raw["size"]), mono(raw["sha256"])] for raw in shown]
    if len(item["raw"]) > len(shown):
        rows.append([f"{len(item['raw']) - len(shown)} more, listed in item.json", "", ""])
    return rows


def _source(source: Mapping[str, Any]) -> str:
    lines = []
    for name, value in source.items():
        if name == "calls":
            shown = [f"{call['operation']} x {call['count']}" for call in value[:CALLS_SHOWN]]
            more = f" and {len(value) - CALLS_SHOWN} more" if len(value) > CALLS_SHOWN else ""
            lines.append(f"calls: {esc(', '.join(shown))}{more}")
        elif value not in (None, ""):
            text = " ".join(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
            lines.append(f"{esc(name.replace('_', ' '))}: {esc(text)}")
    return "<br>".join(lines) or "none"


def _redactions(item: Mapping[str, Any]) -> str:
    found = item["redactions"]
    if not found:
        return ""
    rows = [[mono(one["path"]), mono(one["where"]), esc(one["kind"])] for one in found[:REDACTIONS_SHOWN]]
    more = f"<p>{len(found) - len(rows)} more stand in item.json.</p>" if len(found) > len(rows) else ""
    return table(f"{item['id']}: taken out before writing ({len(found)})", ["File", "Where", "What"], rows) + more


def limits() -> str:
    """Return what this report cannot show."""
    return section("limits", "Limits", "<ul>" + "".join(f"<li>{esc(text)}</li>" for text in LIMITS) + "</ul>")


def glossary() -> str:
    """Return the words of this report."""
    rows = [[esc(term), esc(text)] for term, text in GLOSSARY]
    return section("glossary", "Glossary", table("Words of this report", ["Word", "Meaning"], rows))


def sign_off() -> str:
    """Return lines for signatures by hand."""
    rows = [[who, "", "", ""] for who in ("Prepared by", "Reviewed by", "Accepted by")]
    heads = ["Role", "Name", "Signature", "Date"]
    return section("sign-off", "Sign-off", table("Sign-off", heads, rows, style="sign"))
