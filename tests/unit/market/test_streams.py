"""Counts in the table: shared by processors that do not read them first."""

from __future__ import annotations

import pytest

from tapeproof.market.memory import MemoryTables
from tapeproof.market.numbering import Notice, Numbering
from tapeproof.market.streams import Arrived, StreamBoard, StreamBusyError


def came(*numbers: int) -> list[Arrived]:
    return [Arrived(Numbering("s", number), number, False) for number in numbers]


def test_two_processors_that_take_turns_see_one_stream() -> None:
    tables = MemoryTables()
    first, second = StreamBoard(tables, "t"), StreamBoard(tables, "t")
    assert first.advance("v", "s", came(1, 2)) == [[], []]
    assert second.advance("v", "s", came(5)) == [[Notice("GAP", 3, 4)]]
    assert first.advance("v", "s", came(3)) == [[Notice("FILLED", 3, 3)]]
    assert second.advance("v", "s", came(4, 6)) == [[Notice("FILLED", 4, 4)], []]
    assert second.advance("v", "other", came(9)) == [[]]


def test_what_says_nothing_new_is_not_written() -> None:
    tables = MemoryTables()
    board = StreamBoard(tables, "t")
    board.advance("v", "s", came(1))
    before = tables.items("t")
    assert board.advance("v", "s", came(1)) == [[]]
    assert tables.items("t") == before


def test_a_stream_that_others_write_each_time_is_given_up() -> None:
    class Busy(MemoryTables):
        version = 0

        def put_item(self, **put: object) -> dict[str, object]:
            self.version += 10
            own = {"ver": {"N": str(self.version)}, "new": {"S": "1"}, "ts": {"S": "1"}, "mis": {"S": ""}}
            super().put_item(TableName="t", Item=put["Item"] | own | {"fresh": {"S": ""}})  # type: ignore[operator]
            return super().put_item(**put)

    with pytest.raises(StreamBusyError, match="written by others"):
        StreamBoard(Busy(), "t").advance("v", "s", came(7))
