"""What OKX's channels say."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tests.unit.market.venues.reading import MS, holds, ns, told

Json = Any
T = str(MS)


def sent(channel: str, *data: Json, instrument: str = "BTC-USDT-SWAP") -> list[Json]:
    return told("okx", {"arg": {"channel": channel, "instId": instrument}, "data": list(data)})


@pytest.mark.parametrize(
    ("channel", "interval"),
    [
        ("candle1s", "1s"),
        ("candle1m", "1m"),
        ("candle1M", "1M"),
        ("candle3M", "3M"),
        ("candle3Mutc", "3M"),
        ("candle1H", "1h"),
        ("candle1Dutc", "1d"),
        ("candle1W", "1w"),
    ],
)
def test_a_month_is_no_minute(channel: str, interval: str) -> None:
    assert holds(
        sent(channel, [T, "1", "3", "1", "2", "10", "20", "30", "1"]), [{"interval": interval, "volume": "10"}]
    )


@pytest.mark.parametrize("channel", ["mark-price-candle1m", "index-candle1m", "mark-price-candle1M", "index-candle1H"])
@pytest.mark.parametrize(("confirm", "closed"), [("0", False), ("1", True)])
def test_candles_of_prices_that_nobody_traded_have_no_volume(channel: str, confirm: str, closed: bool) -> None:
    expected = {"volume": None, "is_closed": closed, "close": "2", "extra": None}
    assert holds(sent(channel, [T, "1", "3", "1", "2", confirm]), [expected])


def test_a_candle_of_too_few_values_is_rejected() -> None:
    with pytest.raises(Rejection, match="expected time, open"):
        sent("candle1m", [T, "1", "3", "1", "2"])


@pytest.mark.parametrize(
    ("more", "following"),
    [
        ({"fundingTime": str(MS + 5), "nextFundingTime": str(MS + 9)}, ns(5)),
        ({"fundingTime": str(MS + 5)}, ns(5)),
        ({"fundingTime": "", "nextFundingTime": str(MS + 9)}, None),
        ({}, None),
    ],
)
def test_a_rate_is_paid_at_its_funding_time(more: Json, following: str | None) -> None:
    found = sent("funding-rate", {"instId": "BTC-USDT-SWAP", "fundingRate": "-0.0001", "ts": T} | more)
    assert holds(found, [{"rate": "-0.0001", "next_funding_ns": following}])


def test_what_a_liquidation_says_of_its_position_and_of_all_is_kept() -> None:
    details = [
        {"side": "buy", "sz": "1", "bkPx": "2", "ts": T, "posSide": side, "bkLoss": "0"} for side in ("short", "net")
    ]
    entry = {"details": details, "instId": "BTC-USDT-SWAP", "uly": "BTC-USDT"}
    assert [one["extra"] for one in sent("liquidation-orders", entry)] == [
        {"uly": "BTC-USDT", "posSide": side, "bkLoss": "0"} for side in ("short", "net")
    ]


@pytest.mark.parametrize(
    ("limits", "kinds"),
    [
        ({"buyLmt": "2", "sellLmt": "1"}, ["upper_price_limit", "lower_price_limit"]),
        ({"buyLmt": "2", "sellLmt": ""}, ["upper_price_limit"]),
        ({"buyLmt": "", "sellLmt": "1"}, ["lower_price_limit"]),
        ({"buyLmt": "", "sellLmt": ""}, ["price-limit"]),
    ],
)
def test_limits_of_the_price_are_statistics_where_there_are_any(limits: Json, kinds: list[str]) -> None:
    found = sent("price-limit", {"instId": "BTC-USDT-SWAP", "ts": T, "enabled": False} | limits)
    assert [one["kind"] for one in found] == kinds
    assert found[0]["extra"] == {"enabled": False}


@pytest.mark.parametrize(
    ("channel", "entry", "expected"),
    [
        ("estimated-price", {"settlePx": "3", "ts": T}, {"kind": "estimated_settlement_price", "value": "3"}),
        (
            "opt-summary",
            {"markVol": "0.5", "delta": "0.1", "ts": T},
            {"kind": "mark_volatility", "extra": {"delta": "0.1"}},
        ),
        ("mark-price", {"markPx": "3", "ts": T}, {"kind": "mark_price"}),
        ("index-tickers", {"idxPx": "3", "ts": T}, {"kind": "index_price"}),
        ("open-interest", {"oi": "3", "ts": T}, {"type": "open_interest", "amount": "3"}),
        (
            "public-block-trades",
            {"px": "1", "sz": "2", "side": "sell", "tradeId": "7", "ts": T},
            {"type": "trade", "conditions": ("block",)},
        ),
    ],
)
def test_numbers_that_the_venue_publishes(channel: str, entry: Json, expected: Json) -> None:
    assert holds(sent(channel, entry | {"instId": "BTC-USD-SWAP"}), [expected | {"symbol": "BTC-USD-PERP"}])


def test_a_channel_that_nobody_knows_is_rejected_by_name() -> None:
    with pytest.raises(Rejection, match="economic-calendar"):
        sent("economic-calendar", {})


@pytest.mark.parametrize(
    ("contract", "multiplier"),
    [
        ({"ctVal": "1", "ctMult": "0.01"}, "0.01"),  # an option
        ({"ctVal": "0.01", "ctMult": "1"}, "0.01"),  # BTC-USDT-SWAP
        ({"ctVal": "100", "ctMult": "1"}, "100"),  # BTC-USD-SWAP, in dollars
        ({"ctVal": "10", "ctMult": "0.5"}, "5.0"),
        ({"ctVal": "", "ctMult": ""}, None),  # spot
        ({"ctVal": "0.1"}, "0.1"),
    ],
)
def test_one_contract_stands_for_its_value_times_the_multiplier(contract: Json, multiplier: str | None) -> None:
    entry = {"instId": "BTC-USDT-SWAP", "instType": "SWAP", "tickSz": "0.1", "lotSz": "1"} | contract
    assert holds(
        sent("instruments", entry), [{"type": "definition", "multiplier": multiplier, "asset_class": "perpetual"}]
    )
