"""Instrument numbers and the symbols they stand for."""

from __future__ import annotations

import pytest

from tapeproof.ops.databento.decoding import DbnRecord
from tapeproof.ops.databento.symbols import SymbolMap

DAY = 86_400 * 1_000_000_000
MAPPINGS = {"ESH1": (("1970-01-02", "1970-01-04", "7"),), "ESM1": (("1970-01-04", "1970-01-05", "7"),)}


@pytest.mark.parametrize(("day", "symbol"), [(0, "7"), (1, "ESH1"), (2, "ESH1"), (3, "ESM1"), (4, "7")], ids=str)
def test_a_number_stands_for_a_symbol_from_the_first_day_and_before_the_last(day: int, symbol: str) -> None:
    assert SymbolMap(MAPPINGS).find(7, day * DAY) == (symbol, symbol)
    assert SymbolMap(MAPPINGS).find(7, (day + 1) * DAY - 1) == (symbol, symbol)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("AAPL", ("AAPL", "AAPL")),
        ("BRK.B", ("BRK.B", "BRK.B")),
        ("SPY   240614P00540000", ("SPY   240614P00540000", "SPY   240614P00540000")),
        ("A#B", ("9", "A#B")),  # what separates the parts of a key
        ("X" * 70, ("9", "X" * 70)),
    ],
)
def test_a_symbol_that_cannot_stand_in_a_key_is_kept_beside_the_number(told: str, found: tuple[str, str]) -> None:
    known = SymbolMap({})
    known.learn(DbnRecord("SymbolMappingMsg", {"instrument_id": 9, "stype_out_symbol": told}))
    assert known.find(9, 0) == found


def test_a_definition_tells_a_symbol_and_a_record_without_one_tells_nothing() -> None:
    known = SymbolMap({})
    known.learn(DbnRecord("InstrumentDefMsg", {"instrument_id": 9, "raw_symbol": "MSFT"}))
    known.learn(DbnRecord("InstrumentDefMsg", {"instrument_id": 9}))
    assert known.find(9, 0)[0] == "MSFT"
