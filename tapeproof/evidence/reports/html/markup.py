"""Small pieces of HTML. Everything that comes from evidence goes through `esc`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["STATUS_WORDS", "count", "definition", "esc", "mono", "plural", "section", "status", "table"]

STATUS_WORDS: Final = {
    "pass": "pass",
    "fail": "fail",
    "unknown": "unknown",
    "waived": "waived",
    "not-evaluated": "not evaluated",
    "not-applicable": "not applicable",
    "satisfied": "checks pass",
    "not-satisfied": "not satisfied",
}
"""How a status is written for people."""
STACKED: Final = {"numbers", "stages", "listed"}
"""Styles of tables whose rows a phone shows one below the other."""
UNPRINTED: Final = [number for number in range(160) if not chr(number).isprintable() and chr(number) not in "\t\n\r"]
TURNING: Final = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
UNPRINTABLE: Final = {
    **dict.fromkeys(UNPRINTED, "\N{REPLACEMENT CHARACTER}"),
    **{number: f"\\u{number:04x}" for number in TURNING},
}
"""Controls, which HTML does not allow, and as escapes the marks that turn letters around: a name cannot paint another
name or a verdict (CVE-2021-42574)."""


SPELLED: Final = {
    **UNPRINTABLE,
    **str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}),
}
"""And what HTML reads as its own marks, spelled as `html.escape` spells them, whose module is slow to load."""


def esc(text: object) -> str:
    """Return text that HTML shows and never interprets."""
    return str(text).translate(SPELLED)


def mono(text: object) -> str:
    """Return an identifier, in type that tells its letters apart."""
    return f"<code>{esc(text)}</code>"


def status(name: str, word: str = "") -> str:
    """Return a status with its own sign, so that colour is never the only difference; ``word`` is shown instead."""
    return f'<span class="s {esc(name)}">{esc(word or STATUS_WORDS.get(name, name))}</span>'


def count(name: str, number: int) -> str:
    """Return a number together with what it counts; verify.py compares it with the evidence."""
    return f'<span data-count="{esc(name)}">{number}</span>'


def plural(number: int, noun: str, many: str = "") -> str:
    """Return ``1 policy`` or ``2 policies``."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def section(name: str, title: str, body: str, *, lead: str = "") -> str:
    """Return a section with a heading that the table of contents links to."""
    intro = f'<p class="lead">{lead}</p>' if lead else ""
    return (
        f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{esc(title)}</h2>{intro}{body}</section>\n'
    )


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, style: str = "", row_heads: bool = True
) -> str:
    """Return a table.

    Args:
        caption: What it shows; plain text.
        heads: Column heads; plain text.
        rows: Cells, already HTML.
        style: Classes. The cells of `STACKED` tables carry their column's head, which a phone shows beside them.
        row_heads: Whether the first cell of each row is its head.
    """
    top = "".join(f'<th scope="col">{esc(head)}</th>' for head in heads)
    first = '<th scope="row">{}</th>' if row_heads else "<td>{}</td>"
    begins = [f'<td data-head="{esc(head)}">' if style in STACKED else "<td>" for head in heads[1:]]
    body = "".join(
        "<tr>"
        + first.format(cells[0])
        + "".join(f"{begin}{cell}</td>" for begin, cell in zip(begins, cells[1:]))  # noqa: B905 - Python 3.9
        + "</tr>\n"
        for cells in rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{esc(caption)}" tabindex="0"><table class="{style}">'
        f"<caption>{esc(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )


def definition(pairs: Iterable[tuple[str, str]], style: str = "facts") -> str:
    """Return a list of terms and values; the values are already HTML."""
    return (
        f'<dl class="{style}">'
        + "".join(f"<div><dt>{esc(term)}</dt><dd>{value}</dd></div>" for term, value in pairs)
        + "</dl>"
    )
