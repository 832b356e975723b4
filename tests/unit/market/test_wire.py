"""From text to values without losing a digit, and back to one text."""

from __future__ import annotations

import pytest
import rfc8785

from tapeproof.market.errors import Rejection
from tapeproof.market.wire import MAX_MESSAGE_BYTES, canonical, compact, decode


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1.10", "1.10"),
        ("1e-7", "1e-7"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("-0.0", "-0.0"),
        ('{"a":[1,true,null]}', {"a": ["1", True, None]}),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        (" [ ] ", []),
    ],
)
def test_numbers_stay_the_text_they_were_written_in(raw: str, value: object) -> None:
    assert decode(raw) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "not-json"),
        ("{", "not-json"),
        ("NaN", "not-json"),
        ("[Infinity]", "not-json"),
        ('{"a":1,"a":2}', "duplicate-name"),
        ('{"a":{"b":1,"b":1}}', "duplicate-name"),
        ('"\\ud83d"', "not-unicode"),
        ("[" * 100_000, "too-deep"),
        ('"' + "ä" * (MAX_MESSAGE_BYTES // 2) + '"', "too-large"),
        ("\ufeff{}", "not-json"),
        ("'a'", "not-json"),
    ],
)
def test_what_readers_would_disagree_on_is_refused(raw: str, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        decode(raw)
    assert caught.value.code == code
    assert len(caught.value.reason) < 200


def test_the_limit_is_of_bytes_and_a_message_of_just_that_many_is_read() -> None:
    assert decode('"äö"', limit=6) == "äö"
    with pytest.raises(Rejection, match="6 bytes, at most 5"):
        decode('"äö"', limit=5)


@pytest.mark.parametrize(
    "document", [{"b": "1", "a": ["x", {}]}, {"": "ä\n\x7f"}, [], "é", {"_": "1", "A": "2", "a": "3"}]
)
def test_the_canonical_text_is_that_of_rfc_8785(document: object) -> None:
    assert canonical(document).encode() == rfc8785.dumps(document)  # type: ignore[arg-type]


def test_a_part_of_a_message_is_kept_as_plain_ascii() -> None:
    assert compact({"a": "ä"}) == '{"a":"\\u00e4"}'
