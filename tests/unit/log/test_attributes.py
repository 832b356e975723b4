"""Items hashed when they are written and again when they are read, from DynamoDB or from an export."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from tapeproof.log.attributes import item_hash, number, record_hashes
from tapeproof.log.errors import MalformedRecordError

SALT = bytes(16)
DIGITS = "12345678901234567890123456789012345678"


def hashed(**attributes: dict[str, Any]) -> bytes:
    return item_hash(SALT, [{"pk": {"S": "p"}, **attributes}])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"N": "1.50"}, {"N": "1.5"}),
        ({"N": "-0"}, {"N": "0"}),
        ({"N": "1E+3"}, {"N": "1000"}),
        ({"NS": ["2", "1.0"]}, {"NS": ["1", "2"]}),
        ({"SS": ["b", "a"]}, {"SS": ["a", "b"]}),
        ({"B": b"\0\xff"}, {"B": b64encode(b"\0\xff").decode()}),
        ({"BS": [b"2", b"1"]}, {"BS": [b64encode(b"1").decode(), b64encode(b"2").decode()]}),
        ({"L": [{"B": b"1"}, {"NULL": True}]}, {"L": [{"B": b64encode(b"1").decode()}, {"NULL": True}]}),
        ({"M": {"b": {"N": "01"}, "a": {"BOOL": False}}}, {"M": {"a": {"BOOL": False}, "b": {"N": "1"}}}),
    ],
)
def test_an_attribute_has_one_hash_however_it_is_written_or_read(written: dict[str, Any], read: dict[str, Any]) -> None:
    assert hashed(x1=written) == hashed(x1=read)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"N": DIGITS}, {"N": f"{DIGITS[:-1]}9"}),  # the last of the 38 digits that DynamoDB keeps
        ({"N": "1"}, {"S": "1"}),
        ({"S": "AA=="}, {"B": b"\0"}),
        ({"SS": ["a"]}, {"L": [{"S": "a"}]}),
        ({"NULL": True}, {"BOOL": True}),
    ],
)
def test_attributes_that_differ_have_different_hashes(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert hashed(x1=one) != hashed(x1=other)


@pytest.mark.parametrize(
    "attributes",
    [
        {"salt": {"B": "A"}},
        {"salt": {"S": "text"}},
        {"salt": None},
        {"x1": {"N": "1e999999999"}},
        {"x1": {"N": f"{DIGITS}1"}},
        {"x1": {"N": "1e-131"}},
        {"x1": {"N": "one"}},
        {"x1": {"N": ["1"]}},
        {"x1": {"?": "1"}},
        {"x1": {}},
        {"x1": {"N": "1", "B": ""}},
        {"x1": {"L": [1]}},
        {"x1": {"S": 1}},
        {"x1": {"S": "\ud800"}},
        {"x1": []},
        {"body": {"S": "\ud800"}},
        {"body": {"S": 1}},
        {"\ud800": {"S": "1"}},
    ],
)
def test_what_dynamodb_does_not_hold_is_a_malformed_record(attributes: dict[str, Any]) -> None:
    item = {"pk": {"S": "p"}, "salt": {"B": ""}, "body": {"S": "{}"}} | attributes
    with pytest.raises(MalformedRecordError, match="the record is malformed"):
        record_hashes([item])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("1.2345678901234567890123456789012345678E+3", "1234.5678901234567890123456789012345678"),
        ("0.000", "0"),
        ("-0", "0"),
        ("1.50", "1.5"),
        ("1E+125", "1" + "0" * 125),
        ("1E-130", "0." + "0" * 129 + "1"),
        ("1" * 38 + ".000", "1" * 38),
    ],
)
def test_a_number_keeps_every_digit_that_dynamodb_keeps(text: str, plain: str) -> None:
    assert number(text) == plain


@pytest.mark.parametrize("text", ["1E+126", "1E+999999", "1E+99999999999", "1" * 39, "sNaN", "x", ""])
def test_a_number_that_dynamodb_cannot_hold_has_no_canonical_form(text: str) -> None:
    with pytest.raises(ArithmeticError):
        number(text)
