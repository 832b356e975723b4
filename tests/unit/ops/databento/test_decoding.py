"""DBN files as they are on a disk: whole, cut off, damaged, or something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import databento_dbn
import pytest

from tapeproof.ops.databento import decoding
from tapeproof.ops.errors import CaptureError

if TYPE_CHECKING:
    from pathlib import Path


def metadata() -> bytes:
    return databento_dbn.Metadata(
        dataset="GLBX.MDP3",
        start=0,
        stype_in=databento_dbn.SType.RAW_SYMBOL,
        stype_out=databento_dbn.SType.INSTRUMENT_ID,
        schema=databento_dbn.Schema.TRADES,
        symbols=["ESM4"],
        partial=[],
        not_found=[],
        mappings=[],
    ).encode()


def trade(size: int) -> bytes:
    return bytes(
        databento_dbn.TradeMsg(
            publisher_id=1,
            instrument_id=7,
            ts_event=5,
            price=10,
            size=size,
            action=databento_dbn.Action.TRADE,
            side=databento_dbn.Side.ASK,
            depth=0,
            ts_recv=9,
        )
    )


def written(path: Path, *parts: bytes) -> Path:
    path.write_bytes(b"".join(parts))
    return path


def test_records_come_with_their_members_and_without_those_that_have_no_value(tmp_path: Path) -> None:
    file = decoding.open_dbn(written(tmp_path / "a.dbn", metadata(), trade(3), trade(databento_dbn.UNDEF_ORDER_SIZE)))
    assert (file.dataset, file.schema) == ("GLBX.MDP3", "trades")
    first, second = file
    assert first.kind == "TradeMsg"
    assert first.members["size"] == 3
    assert first.members["side"] == "A"
    assert "size" not in second.members
    assert "length" not in first.members


def test_a_file_of_no_records_is_whole(tmp_path: Path) -> None:
    assert list(decoding.open_dbn(written(tmp_path / "a.dbn", metadata()))) == []


@pytest.mark.parametrize("cut", [1, 10, 47])
def test_a_file_that_ends_in_the_middle_of_a_record_is_refused_after_what_is_whole(tmp_path: Path, cut: int) -> None:
    file = decoding.open_dbn(written(tmp_path / "a.dbn", metadata(), trade(3), trade(4)[:cut]))
    records = iter(file)
    assert next(records).members["size"] == 3
    with pytest.raises(CaptureError, match="middle of a record"):
        next(records)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x1f\x8b\x08\x00", b"DBN", b"DBN\x03\xff\xff", b"\x28\xb5\x2f\xfdxx"]
)
def test_what_is_no_whole_dbn_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CaptureError, match=r"a\.dbn"):
        decoding.open_dbn(written(tmp_path / "a.dbn", content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="cannot be read"):
        decoding.open_dbn(tmp_path / "none.dbn")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.dbn", b"", True),
        ("a.dbn.zst", b"", True),
        ("a.bin", b"DBN\x03", True),
        ("kraken.capture", b"1.5: {}", False),
    ],
)
def test_a_dbn_file_is_known_by_its_name_or_its_first_bytes(
    tmp_path: Path, name: str, content: bytes, said: bool
) -> None:
    assert decoding.is_dbn(written(tmp_path / name, content)) is said
    assert not decoding.is_dbn(tmp_path / "none.capture")


@pytest.mark.parametrize(("code", "number"), [("i8", (1 << 63) - 1), ("u8", (1 << 64) - 1), ("u1", 255), ("i2", 32767)])
def test_no_value_is_the_largest_number_of_its_kind(code: str, number: int) -> None:
    assert decoding.undefined_number(code) == number


def test_the_library_calls_the_same_numbers_undefined() -> None:
    assert decoding.undefined_number("i8") == databento_dbn.UNDEF_PRICE
    assert decoding.undefined_number("u8") == databento_dbn.UNDEF_TIMESTAMP
    assert decoding.undefined_number("u4") == databento_dbn.UNDEF_ORDER_SIZE
