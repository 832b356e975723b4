from __future__ import annotations

import pytest

from tapeproof.verifier.verbatim import added_attributes, stored_item


@pytest.mark.parametrize(
    ("line", "item"),
    [
        (b'!{"pk":"p","sk":"s","b":"00ff","h":"ab"}', ("p", "s", b"\x00\xff", b"\xab")),
        (b'!{"pk":1,"sk":2,"b":"","h":""}', ("1", "2", b"", b"")),
        (b"!", None),
        (b"!{}", None),
        (b"![]", None),
        (b'!{"pk":"p","sk":"s","b":"xy","h":""}', None),
        (b'!{"pk":"p","sk":"s","b":5,"h":""}', None),
        (b"!" + b"[" * 100_000, None),
    ],
)
def test_an_item_that_was_exported_word_by_word_is_read_or_damaged(line: bytes, item: object) -> None:
    assert stored_item(line) == item


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (b'!{"more":["ttl","x"]}', ("ttl", "x")),
        (b"!{}", ()),
        (b"!", ()),
        (b"![]", ()),
        (b'!{"more":5}', ()),
        (b'!{"more":[5]}', ("5",)),
    ],
)
def test_attributes_that_nobody_wrote_are_given_by_name(line: bytes, names: tuple[str, ...]) -> None:
    assert added_attributes(line) == names
