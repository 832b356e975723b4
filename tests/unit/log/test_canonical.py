"""RFC 8785 inside the log's profile, by the RFC's own rules; outside of it nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.log.canonical import MAX_INTEGER, canonical, check, quoted
from tapeproof.log.errors import NotCanonicalError


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (None, b"null"),
        (True, b"true"),
        (0, b"0"),
        (-MAX_INTEGER, b"-9007199254740991"),
        ("", b'""'),
        ({"b": 1, "a": [], "B": {}}, b'{"B":{},"a":[],"b":1}'),
        ('\u20ac$\u000f\nA\'B"\\"/', '"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/"'.encode()),
        ("\u2028\u007f", '"\u2028\u007f"'.encode()),
        ("\U0001f600", '"\U0001f600"'.encode()),
    ],
)
def test_a_value_has_one_spelling(value: Any, data: bytes) -> None:  # noqa: ANN401 - any JSON
    assert canonical(value) == data


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (MAX_INTEGER + 1, r"^\$: the integer"),
        ({"a": [0, -(MAX_INTEGER + 1)]}, r"^\$\.a\[1\]: the integer"),
        (1.0, r"^\$: float"),
        (float("nan"), r"^\$: float"),
        ((1,), r"^\$: tuple"),
        ({"a": {"\u00e9": 1}}, r"^\$\.a: the key"),
        ({None: 1}, r"^\$: the key"),
        (b"", r"^\$: bytes"),
        ({"a": object()}, r"^\$\.a: object"),
    ],
)
def test_what_two_programs_could_spell_differently_is_refused_with_its_place(value: Any, told: str) -> None:  # noqa: ANN401
    with pytest.raises(NotCanonicalError, match=told) as refused:
        check(value)
    assert refused.value.fix
    with pytest.raises(NotCanonicalError):
        canonical(value)


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\ude00\ud83d"])
def test_half_of_a_character_has_no_bytes(text: str) -> None:
    with pytest.raises(NotCanonicalError, match="lone surrogate"):
        canonical({"a": text})


def test_subclasses_that_may_print_themselves_differently_are_refused() -> None:
    class Loud(str):
        __slots__ = ()

    for value in (Loud("a"), type("Number", (int,), {})(5)):
        with pytest.raises(NotCanonicalError):
            canonical(value)


def test_a_text_is_quoted_as_it_stands_in_a_value() -> None:
    for text in ("", 'a"b', "\\", "\x00\x1f"):
        assert quoted(text).encode() == canonical(text)
