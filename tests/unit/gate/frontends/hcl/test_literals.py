"""Literal text of strings and heredocs: escapes, strip markers, shared indentation."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.syntax import Constant, Name
from tapeproof.gate.frontends.hcl.literals import (
    EscapeError,
    Marked,
    join_literals,
    literal,
    remove_indentation,
    strip_whitespace,
)

AT = (1, 1, 1, 2)


@pytest.mark.parametrize(
    ("text", "quoted", "value"),
    [
        (r"a\n\t\"\\", True, 'a\n\t"\\'),
        (r"\u00e9\U0001F600", True, "é😀"),
        (r"\n", False, r"\n"),
        ("$${a} %%{b} ${", True, "${a} %{b} ${"),
        ("$${a}\\q", False, "${a}\\q"),
        ("", True, ""),
    ],
)
def test_escapes_are_resolved_and_heredocs_have_only_two(text: str, quoted: bool, value: str) -> None:
    assert literal(text, AT, quoted=quoted).value == value


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        (r"ab\q", 2),
        (r"\u00g9", 0),
        (r"\ud800", 0),
        (r"\ud83d\ude00", 0),
        (r"\UFFFFFFFF", 0),
        (r"\U00110000", 0),
        (r"x\'", 1),
    ],
)
def test_an_escape_that_hcl_has_not_is_refused_where_it_stands(text: str, offset: int) -> None:
    with pytest.raises(EscapeError) as raised:
        literal(text, AT, quoted=True)
    assert raised.value.offset == offset


def test_where_escapes_make_the_source_longer_is_remembered() -> None:
    assert literal(r"\na\u00e9b", AT, quoted=True).shifts == ((1, 1), (3, 6))


def line(text: str, number: int) -> Constant:
    return Constant(text, (number, 1, number, len(text) + 1))


def texts(nodes: list[object]) -> list[object]:
    return [node.value if isinstance(node, Constant) else "…" for node in nodes]


def test_strip_markers_take_the_whitespace_of_one_line_at_their_side() -> None:
    name = Name("x", AT)
    parts = [
        Marked(line("a \n", 1)),
        Marked(line("b \t", 2)),
        Marked(name, left=True, right=True),
        Marked(line("  c", 3)),
    ]
    nodes = strip_whitespace(parts)
    assert texts(nodes) == ["a \n", "b", "…", "c"]
    assert [node.at[1] for node in nodes if isinstance(node, Constant)] == [1, 1, 3]


def test_shared_indentation_is_taken_away_and_blank_lines_do_not_count() -> None:
    nodes = [
        line("    a\n", 1),
        line("\n", 2),
        line("      b ", 3),
        Name("x", AT),
        line("  tail\n", 3),
        line("   c\n", 4),
    ]
    assert texts(remove_indentation(list(nodes))) == [" a\n", "\n", "   b ", "…", "  tail\n", "c\n"]


def test_a_line_that_begins_with_an_interpolation_has_no_indentation() -> None:
    nodes = [line("    a\n", 1), Name("x", AT), line("\n", 2)]
    assert texts(remove_indentation(list(nodes))) == ["    a\n", "…", "\n"]


def test_a_string_of_nothing_is_an_empty_one() -> None:
    assert join_literals([], AT) == Constant("", AT)
    assert join_literals([Constant("a", AT, ((1, 1),))], (9, 9, 9, 9)) == Constant("a", (9, 9, 9, 9), ((1, 1),))
