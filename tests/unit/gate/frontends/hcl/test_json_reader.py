"""JSON with places (RFC 8259): strict, and bounded whatever is in it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tapeproof.gate.frontends.hcl.json_reader import JsonError, JsonObject, JsonValue, read_json


def plain(value: JsonValue) -> object:
    if isinstance(value.content, JsonObject):
        return [(key, plain(inner)) for key, _, inner in value.content.items]
    return [plain(item) for item in value.content] if isinstance(value.content, list) else value.content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('\ufeff{"a": [1, -2.50, true, null, "x"]}', [("a", [1, Decimal("-2.5"), True, None, "x"])]),
        ('{"a": 1, "a": 2}', [("a", 1), ("a", 2)]),
        ("2.0", 2),
        ("1e3", 1000),
        ('"\\u00e9\\ud83d\\ude00\\ud800"', "é😀\ufffd"),
        (" [] ", []),
        ("{}", []),
    ],
)
def test_a_value_is_read(text: str, content: object) -> None:
    found = plain(read_json(text))
    assert found == content
    assert type(found) is type(content)


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("", (1, 1), "the file ends too early"),
        ('{"a": ', (1, 7), "the file ends too early"),
        ('{\n"a": 1,\n}', (3, 1), "a key in quotes|a comma stands before"),
        ("[1,]", (1, 4), "a comma stands before a closing bracket"),
        ("[1 2]", (1, 4), "',' or ']' is expected here"),
        ('{"a" 1}', (1, 6), "':' is expected here"),
        ("{a: 1}", (1, 2), "a key in quotes is expected here"),
        ("1 2", (1, 3), "'2' comes after the end"),
        ("01", (1, 1), "'01' is not expected here"),
        ("NaN", (1, 1), "'N' is not expected here"),
        ("'a'", (1, 1), "is not expected here"),
        ('"a\nb"', (1, 1), "is not expected here"),
        ("1e999999999", (1, 1), "this number has too many digits"),
        ("1e99999999999999999999", (1, 1), "this number has too many digits"),
        ("-1.5E-99999999999999999999", (1, 1), "this number has too many digits"),
        ("9" * 5000, (1, 1), "this number has too many digits"),
        ("[" * 300, (1, 251), "more than 250 brackets are open at once"),
    ],
)
def test_what_is_no_json_is_refused_at_its_place(text: str, place: tuple[int, int], why: str) -> None:
    with pytest.raises(JsonError, match=why) as raised:
        read_json(text)
    assert (raised.value.line, raised.value.column) == place


def test_every_value_and_key_knows_its_place() -> None:
    value = read_json('{\n  "a": [1,\n    "x"]\n}')
    ((_, at, inner),) = value.content.items
    assert (value.at, at, inner.at) == ((1, 1, 4, 2), (2, 3, 2, 6), (2, 8, 3, 9))
    assert inner.content[1].at == (3, 5, 3, 8)
