"""The index of events is the same whatever order and however many pieces its rows come in."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.verifier import events
from tapeproof.verifier.events import ROW_BYTES, EventIndex, event_digest, rows_of, sort_rows
from tests.effort import cases

if TYPE_CHECKING:
    from pathlib import Path

HEAD = b'{"_lane":"l","_prev":"' + b"ab" * 32 + b'","_seq":7,"act":'


def entry(event: str, key: str) -> bytes:
    return HEAD + b'"RECORDED","evt":"%b","fn":"f","key":"%b","v":1}' % (event.encode(), key.encode())


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (entry("e", "k"), {"e", "k"}),
        (entry("same", "same"), {"same"}),
        (entry('with \\"quotes\\"', "k"), {'with "quotes"', "k"}),
        (HEAD + b'"BATCH","items":[{"evt":"e","key":"k"},{"evt":"e","key":"l"}]}', {"e", "k", "l"}),
        (b'{"_log":"x","act":"SEAL"}', set()),
        (b"no entry", set()),
        (b"[" * 30_000, set()),
    ],
)
def test_each_event_and_key_of_an_entry_has_one_row(data: bytes, named: set[str]) -> None:
    rows = rows_of([data], 5)
    assert sorted(rows) == sorted(event_digest(one) + (5).to_bytes(8, "big") for one in named)


@settings(max_examples=cases(10))
@given(
    pieces=st.lists(st.lists(st.binary(min_size=1, max_size=3), max_size=5), max_size=6), flush=st.sampled_from([1, 99])
)
def test_pieces_in_any_order_make_one_sorted_index(
    pieces: list[list[bytes]], flush: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("index")
    rows = [[sha256(one).digest()[:ROW_BYTES] for one in piece] for piece in pieces]
    index = EventIndex(place / "scratch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_FLUSH_BYTES", flush)
        for piece in rows:
            index.add(sort_rows(list(piece)))
    whole = b"".join(sorted(row for piece in rows for row in piece))
    assert index.write(place / "made") * ROW_BYTES == len(whole)
    assert (place / "made").read_bytes() == whole
    assert index.is_same(place / "made")


@pytest.mark.parametrize("other", [b"", b"x", bytes(16), bytes(15) + b"\2", bytes(15) + b"\1" + b"x"])
def test_what_is_shorter_longer_or_another_is_not_the_index(other: bytes, tmp_path: Path) -> None:
    index = EventIndex(tmp_path / "scratch")
    index.add(sort_rows([bytes(15) + b"\1"]))
    (tmp_path / "there").write_bytes(other)
    assert not index.is_same(tmp_path / "there")
    assert not index.is_same(tmp_path / "absent")
