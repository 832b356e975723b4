from __future__ import annotations

import gzip
import json
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.verifier.findings import UnusableError
from tapeproof.verifier.streams import Stream, WitnessStream, decode_line, entry_time, parse_line, record_key, records

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = b'{"_lane":"l","_prev":"' + b"ab" * 32 + b'","_seq":3,"ts":"1763877600000000000","v":1}'


def _line(entry: bytes = ENTRY) -> bytes:
    return b'{"audit":{"h":"%b","b":%b}}' % (sha256(b"\0" + entry).hexdigest().encode(), entry)


@pytest.mark.parametrize("line", [b"", b" {}", b"{} ", b"{}{}", b"{", b"\xff", b"nul"])
def test_a_line_is_one_json_value_and_nothing_else(line: bytes) -> None:
    assert decode_line(b'{"a":[1]}') == {"a": [1]}
    with pytest.raises(ValueError, match=r"JSON value|codec|Expecting|double quotes"):
        decode_line(line)


def test_a_witness_line_is_read_with_its_place() -> None:
    read = parse_line(b" " + _line() + b"\n", 7)
    assert read is not None
    assert (read.ingested, read.lane, read.seq, read.data) == (7, "l", 3, ENTRY)
    assert entry_time(ENTRY) == b"1763877600000000000"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        _line().replace(b'"_seq":3', b'"_seq":4'),
        _line()[:-1],
        b"START " + _line(),
        _line(ENTRY.replace(b"_lane", b"lane")),
    ],
)
def test_a_line_that_no_writer_wrote_or_whose_hash_is_another_is_none(raw: bytes) -> None:
    assert parse_line(raw, 1) is None


ITEM: dict[str, Any] = {"a_lane": {"S": "l"}, "a_seq": {"N": "3"}}


def test_a_record_is_placed_by_entry_item_and_part() -> None:
    assert record_key(ITEM) == ("l", 3, 0, 0)
    assert record_key({**ITEM, "a_item": {"N": "2"}, "a_part": {"N": "1"}}) == ("l", 3, 2, 1)


@pytest.mark.parametrize(
    "item",
    [
        {},
        {**ITEM, "a_seq": {"N": "-1"}},
        {**ITEM, "a_seq": {"N": str(10**10)}},
        {**ITEM, "a_item": {"N": "x"}},
        {**ITEM, "a_part": {}},
    ],
)
def test_an_item_that_cites_no_place_that_an_entry_can_have_is_refused(item: dict[str, Any]) -> None:
    with pytest.raises((KeyError, ValueError)):
        record_key(item)


def _gz(path: Path, *rows: bytes) -> Path:
    path.write_bytes(gzip.compress(b"".join(row + b"\n" for row in rows)))
    return path


def _item(seq: int, number: int = 0) -> bytes:
    return json.dumps({**ITEM, "a_seq": {"N": str(seq)}, "n": number}).encode()


def test_records_are_grouped_by_the_entry_they_cite_and_of_very_many_only_the_first_are_held(tmp_path: Path) -> None:
    path = _gz(tmp_path / "x.gz", _item(1), _item(2), *(_item(3, number) for number in range(500)))
    found = list(records(path, zlib.decompressobj))
    assert [key for key, _ in found] == [("l", 1), ("l", 2), ("l", 3)]
    assert [len(group) for _, group in found] == [1, 1, 200]


def test_a_stream_is_taken_step_by_step_and_nothing_is_passed_in_silence() -> None:
    stream = Stream([(("a", 1), "x"), (("a", 3), "y"), (("b", 0), "z")])
    assert list(stream.before(("a", 3))) == [(("a", 1), "x")]
    assert (stream.at(("a", 2)), stream.at(("a", 3)), stream.at(("a", 3))) == (None, "y", None)
    assert list(stream.rest()) == [(("b", 0), "z")]
    assert list(stream.rest()) == []


@pytest.mark.parametrize("keys", [[("a", 1), ("a", 1)], [("b", 0), ("a", 9)]])
def test_groups_that_are_out_of_order_are_refused(keys: list[tuple[str, int]]) -> None:
    stream = Stream([(key, "x") for key in keys])
    with pytest.raises(UnusableError, match="out of order"):
        list(stream.rest())


def test_lines_that_say_what_the_entry_says_are_passed_as_they_are(tmp_path: Path) -> None:
    stream = WitnessStream(_gz(tmp_path / "x.gz", b"5 " + _line(), b"6 " + _line()), zlib.decompressobj)
    assert stream.text == _line()
    assert [stream.take(("l", 3)), stream.take(("l", 3))] == [5, 6]
    assert stream.text == b""
    assert list(stream.rest()) == []


def test_lines_of_other_entries_are_groups_before_at_and_behind(tmp_path: Path) -> None:
    others = [ENTRY.replace(b'"_seq":3', b'"_seq":%d' % seq) for seq in (1, 2, 4)]
    stream = WitnessStream(_gz(tmp_path / "x.gz", *(b"5 " + _line(one) for one in others)), zlib.decompressobj)
    assert [key for key, _ in stream.before(("l", 2))] == [("l", 1)]
    assert [one.seq for one in stream.at(("l", 2))] == [2]
    assert stream.at(("l", 3)) == []
    assert [key for key, _ in stream.rest()] == [("l", 4)]


@pytest.mark.parametrize("row", [b"no number", b"x " + _line(), b"5", b"5 {}"])
def test_a_file_that_holds_something_else_than_lines_is_unusable(tmp_path: Path, row: bytes) -> None:
    def read() -> None:
        list(WitnessStream(_gz(tmp_path / "x.gz", row), zlib.decompressobj).rest())

    with pytest.raises(UnusableError, match="no witness line"):
        read()


def test_of_records_of_many_bytes_for_one_entry_only_the_first_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tapeproof.verifier.streams.MOST_BYTES_OF_ONE", 1_000)
    line = json.dumps({"a_lane": {"S": "l"}, "a_seq": {"N": "3"}, "body": {"S": "x" * 300}}).encode() + b"\n"
    (tmp_path / "part.gz").write_bytes(gzip.compress(line * 50))
    ((_, held),) = records(tmp_path / "part.gz", zlib.decompressobj)
    assert len(held) == 2
