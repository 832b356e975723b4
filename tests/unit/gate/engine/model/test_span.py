"""Where a value stands, and where parts of it do."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import NOWHERE, Span


@pytest.mark.parametrize(
    ("span", "written"), [(Span("a.tf", 3, 7, 3, 9), "a.tf:3:7"), (Span("plan.json"), "plan.json"), (NOWHERE, "")]
)
def test_a_place_is_written_as_editors_read_it(span: Span, written: str) -> None:
    assert str(span) == written


def test_a_part_of_a_line_is_counted_from_its_beginning() -> None:
    assert Span("a.tf", 3, 7, 3, 20).within(2, 4) == Span("a.tf", 3, 9, 3, 13)


@pytest.mark.parametrize(
    ("span", "text", "offset", "length", "columns"),
    [
        (Span("a.tf", 1, 5, 1, 8), "abc", 1, 1, (6, 7)),
        (Span("a.tf", 1, 5, 1, 10), "abc", 1, 1, (7, 8)),
        (Span("a.tf", 1, 5, 1, 10), "abc", 0, 3, (5, 10)),
        (Span("a.tf", 1, 5, 1, 20), "abc", 1, 1, None),
    ],
)
def test_a_part_is_found_with_or_without_quotes_where_the_text_is_written_as_it_is(
    span: Span, text: str, offset: int, length: int, columns: tuple[int, int] | None
) -> None:
    found = span.part_of(text, (), offset, length)
    assert (found and (found.column, found.end_column)) == columns


def test_escapes_before_a_part_move_it_and_escapes_after_it_do_not() -> None:
    span, text, shifts = Span("a.tf", 1, 1, 1, 9), "a\nb\nc", ((2, 1), (4, 2))  # "a\nb\nc" in quotes
    assert [found and found.column for found in (span.part_of(text, shifts, at, 1) for at in (0, 2, 4))] == [2, 5, 8]


def test_a_part_of_several_lines_stands_on_its_own_line() -> None:
    span, text = Span("a.tf", 10, 1, 13, 1), "one\ntwo\nthree\n"
    assert span.part_of(text, (), 5, 2) == Span("a.tf", 11, 2, 11, 4)
    assert span.part_of("one\ntwo", (), 5, 1) is None


def test_what_has_no_place_has_no_parts() -> None:
    assert NOWHERE.part_of("abc", (), 1, 1) == NOWHERE
