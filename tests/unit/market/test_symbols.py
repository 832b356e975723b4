"""One spelling for an instrument that every venue spells its own way."""

from __future__ import annotations

import pytest

from tapeproof.market.errors import Rejection
from tapeproof.market.symbols import capitals, join_pair, split_pair, valid_symbol

QUOTES = ("RLUSD", "USDT", "USD", "BTC")


@pytest.mark.parametrize(
    "symbol",
    [
        "BTC-USD",
        "ESM4 C4250",
        "SPY   240614P00540000",
        "BRK/B",
        "^GSPC",
        "CL:BF F4-G4-H4",
        "币安人生-USDT",
        "A" * 64,
        "0700.HK",
    ],
)
def test_what_venues_write_can_stand_in_a_key(symbol: str) -> None:
    assert valid_symbol(symbol) == symbol


@pytest.mark.parametrize("symbol", ["", " A", "A ", "A#B", "*", "A" * 65, "A\nB", "A\u200bB", "\x00"])
def test_what_would_break_a_key_or_hide_in_it_is_refused(symbol: str) -> None:
    with pytest.raises(Rejection, match="symbol must be"):
        valid_symbol(symbol)


@pytest.mark.parametrize(
    ("native", "symbol"),
    [
        ("btcusd", "BTC-USD"),
        ("XRPRLUSD", "XRP-RLUSD"),
        ("USDTUSD", "USDT-USD"),
        ("USD", "USD"),  # a currency alone is no pair
        ("ABCXYZ", "ABCXYZ"),
        ("1000PEPEUSDT", "1000PEPE-USDT"),
    ],
)
def test_a_pair_is_split_before_the_first_quote_currency_that_fits(native: str, symbol: str) -> None:
    assert split_pair(native, QUOTES) == symbol


def test_a_pair_that_the_rule_would_split_wrongly_is_named_whole() -> None:
    assert split_pair("btcgusd", QUOTES, {"BTCGUSD": "BTC-GUSD"}) == "BTC-GUSD"
    assert split_pair("btcgusd", QUOTES) == "BTCG-USD"


@pytest.mark.parametrize(
    ("native", "symbol"), [("XBT/USD", "BTC-USD"), ("eth/xbt", "ETH-BTC"), ("A/B/C", "A-B-C"), ("A", "A")]
)
def test_parts_are_joined_and_old_names_replaced(native: str, symbol: str) -> None:
    assert join_pair(native, "/", {"XBT": "BTC"}) == symbol


@pytest.mark.parametrize(
    ("native", "upper"), [("abc", "ABC"), ("\u017fol", "\u017fOL"), ("ß", "ß"), ("\u0131", "\u0131")]
)
def test_letters_outside_ascii_stay_what_they_are(native: str, upper: str) -> None:
    assert capitals(native) == upper
