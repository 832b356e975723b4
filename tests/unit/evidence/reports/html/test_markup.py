"""Read by an HTML parser that is not ours: nothing from evidence becomes markup, or turns a line around."""

from __future__ import annotations

import pytest

from tapeproof.evidence.reports.html.markup import count, definition, esc, mono, plural, section, status, table
from tests.unit.evidence.reports.html.reading import parsed, texts

HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</td></tr></table><h1>VERIFIED</h1>",
    "&lt;script&gt;",
    "<!-- ",
    "]]>",
    "\x00\x08\x0b\x7f\x80\x9f",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_and_never_interpreted_wherever_it_stands(text: str) -> None:
    piece = (
        mono(text)
        + status("fail", text)
        + definition([(text, esc(text))])
        + table(text, [text, text], [[esc(text)] * 2])
    )
    root = parsed(piece + count(text, 1))
    assert list(root.iter("script")) == list(root.iter("h1")) == []
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    if text.isprintable():
        assert texts(root, "code") == [" ".join(text.split())]


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u2069", "\u200f", "\u061c"])
def test_a_mark_that_turns_letters_around_is_shown_as_its_escape(mark: str) -> None:
    assert esc(f"aws_x.y{mark}ssap") == f"aws_x.y\\u{ord(mark):04x}ssap"


def test_words_of_languages_that_run_from_right_to_left_stay_as_they_are() -> None:
    for text in ("\u05e9\u05dc\u05d5\u05dd", "caf\u00e9 \u4e2d\u6587 \U0001f600", "a\tb\nc"):
        assert esc(text) == text


@pytest.mark.parametrize("value", [None, 5, ["<"], True])
def test_what_is_no_text_is_shown_as_text(value: object) -> None:
    assert esc(value) == str(value).replace("<", "&lt;").replace("'", "&#x27;")


def test_a_status_says_its_word_so_that_colour_is_never_the_only_difference() -> None:
    assert texts(parsed(status("not-evaluated")), "span") == ["not evaluated"]
    assert texts(parsed(status("made up")), "span") == ["made up"]
    assert texts(parsed(status("fail", "failed")), "span") == ["failed"]


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 policies"), (1, "1 policy"), (2, "2 policies"), (1_000, "1000 policies")]
)
def test_one_is_said_of_one_alone(number: int, told: str) -> None:
    assert plural(number, "policy", "policies") == told
    assert plural(number, "run").startswith(f"{number} run")


@pytest.mark.parametrize("style", ["", "numbers", "listed"])
def test_a_table_has_a_caption_and_heads_with_a_scope_and_stacked_cells_name_their_column(style: str) -> None:
    root = parsed(table("What", ["A", "B", "C"], [["1", "2", "3"], ["4", "5", "6"]], style=style))
    assert texts(root, "caption") == ["What"]
    assert [head.attrib["scope"] for head in root.iter("th")] == ["col"] * 3 + ["row"] * 2
    heads = [cell.attrib.get("data-head") for cell in root.iter("td")]
    assert heads == (["B", "C"] * 2 if style else [None] * 4)


def test_a_table_without_row_heads_or_without_rows_is_still_a_table() -> None:
    assert texts(parsed(table("t", ["A"], [["1"]], row_heads=False)), "td") == ["1"]
    assert texts(parsed(table("t", ["A"], [])), "th") == ["A"]


def test_a_section_is_named_by_its_heading_and_a_number_by_what_it_counts() -> None:
    root = parsed(section("audit", "A & B", "<p>x</p>", lead="lead"))
    (found,) = root.iter("section")
    assert (found.attrib["id"], found.attrib["aria-labelledby"]) == ("audit", "audit-h")
    assert texts(root, "h2") == ["A & B"]
    assert texts(root, "p") == ["lead", "x"]
    (number,) = parsed(count("rows.pass", 3)).iter("span")
    assert (number.attrib["data-count"], number.text) == ("rows.pass", "3")
