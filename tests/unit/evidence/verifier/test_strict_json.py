"""Where JSON readers part (RFC 8259, sections 4, 6, 7 and 8.1), this one refuses instead of choosing."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.strict_json import canonical, decode_json, decode_line, quoted
from tests.effort import cases

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abAB_$", max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=cases(60))
@given(value=VALUES)
def test_a_value_has_the_encoding_of_rfc_8785_and_is_read_back_from_it(value: Any) -> None:  # noqa: ANN401 - any JSON
    data = canonical(value)
    assert data == rfc8785.dumps(value)
    assert decode_json(data, "x") == value
    assert decode_line(data.decode(), "x", 1) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nul",
        "[1,]",
        "{'a':1}",
        "NaN",
        "-Infinity",
        "[1e999]",
        "-1e400",
        '"\\ud800"',
        '{"\\udfff":1}',
        '"\x01"',
        "\N{BYTE ORDER MARK}1",
        "[" * 100_000,
        "1" * 10_000,
        "\N{ARABIC-INDIC DIGIT ONE}",
    ],
)
def test_what_is_no_json_value_that_all_programs_read_alike_is_refused_by_both_readers(text: str) -> None:
    with pytest.raises(Unusable) as document:
        decode_json(text.encode(), "run.json")
    with pytest.raises(Unusable) as line:
        decode_line(text, "rows.jsonl", 7)
    assert document.value.finding[:2] == ("BAD_JSON", "run.json")
    assert line.value.finding[:2] == ("BAD_JSON", "rows.jsonl:7")


@pytest.mark.parametrize("data", [b'{"a":1,"a":1}', b'[{"b":{"a":1,"a":2}}]', b"\xff", b"\xed\xa0\x80", b"1 2"])
def test_a_document_with_a_key_twice_or_without_utf8_is_refused(data: bytes) -> None:
    with pytest.raises(Unusable):
        decode_json(data, "x")


@pytest.mark.parametrize("text", ["1 2", "{}{}", "1\n2", "{} "])
def test_a_line_holds_one_value_and_nothing_behind_it(text: str) -> None:
    with pytest.raises(Unusable, match="more than one value"):
        decode_line(text, "x", 1)


def test_both_halves_of_a_character_written_as_escapes_are_one_character() -> None:
    assert decode_json(b'"\\ud83d\\ude00"', "x") == "\N{GRINNING FACE}"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("-inf")]}])
def test_a_number_that_json_cannot_hold_is_not_written(value: Any) -> None:  # noqa: ANN401 - any value
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(value)


def test_a_text_is_quoted_as_the_encoder_quotes_it() -> None:
    for text in ("", 'a"b\\c', "\x00\x1f\x7f", "\N{LINE SEPARATOR}\N{GRINNING FACE}"):
        assert quoted(text).encode() == canonical(text)
