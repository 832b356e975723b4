"""Known values convert as Terraform converts them."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import Known, Piece, Span, Undecided, Unknown, Value


@pytest.mark.parametrize(
    ("value", "question", "answer"),
    [
        (Known("30"), "number", 30),
        (Known(30), "text", "30"),
        (Known(True), "text", "true"),
        (Known("true"), "boolean", True),
        (Known(None), "elements", ()),
        (Known((Known(1), Known("a"))), "plain", [1, "a"]),
        (Known({"a": Known((Known(None),))}), "plain", {"a": [None]}),
    ],
)
def test_answers_convert_as_terraform_does(value: Value, question: str, answer: object) -> None:
    assert getattr(value, question)() == answer


@pytest.mark.parametrize(
    ("value", "question", "why"),
    [
        (Known(None), "text", "null stands where a string is expected"),
        (Known((), kind="list"), "text", "a list stands where a string is expected"),
        (Known({}, kind="object"), "number", "an object stands where a number is expected"),
        (Known("1_000"), "number", "'1_000' stands where a number is expected"),
        (Known("٣"), "number", "where a number is expected"),
        (Known("x" * 99), "number", f"'{'x' * 40}' stands where"),
        (Known("1e9999"), "number", "is a number of too many digits"),
        (Known("9" * 9999), "number", "is a number of too many digits"),
        (Known(True), "number", "true stands where a number is expected"),
        (Known("TRUE"), "boolean", "'TRUE' stands where true or false is expected"),
        (Known(1), "boolean", "1 stands where true or false is expected"),
        (Known("a"), "entries", "'a' stands where a map is expected"),
    ],
)
def test_what_is_of_another_type_says_what_it_is(value: Known, question: str, why: str) -> None:
    with pytest.raises(Undecided) as raised:
        getattr(value, question)()
    assert why in raised.value.why


def test_a_collection_is_known_when_all_its_parts_are() -> None:
    assert Known((Known({"a": Known(None)}),)).known
    assert not Known((Known({"a": Unknown("x")}),)).known


def test_parts_come_outermost_first_and_in_order() -> None:
    value = Known((Known("a"), Known({"k": Known("b")}), Known("c")), kind="tuple")
    assert [part.value for part in value.parts() if isinstance(part, Known) and isinstance(part.value, str)] == [
        "a",
        "b",
        "c",
    ]


@pytest.mark.parametrize(
    ("content", "null", "unset"), [(None, True, True), ("", False, True), (0, False, False), ((), False, False)]
)
def test_null_and_an_empty_string_are_unset(content: object, null: bool, unset: bool) -> None:
    value = Known(content)  # type: ignore[arg-type]
    assert (value.is_null, value.is_unset) == (null, unset)


def test_an_absent_entry_is_null_where_the_map_stands() -> None:
    place = Span("main.tf", 3, 1, 3, 9)
    absent = Known({}, span=place).entry("x")
    assert (absent.is_null, absent.span) == (True, place)


def test_a_text_put_together_shows_its_pieces_and_another_is_one_piece() -> None:
    pieces = (Piece("a"), Piece("b"))
    assert Known("ab", pieces=pieces).pieces_of_text() == pieces
    assert Known(5).pieces_of_text() == (Piece("5"),)
