"""The sums of the venues, on the examples of their documentation's kind."""

from __future__ import annotations

import zlib

from tapeproof.market.checksums import CHECKS, kraken_sum, okx_sum, orders_sum

BIDS = (("0.05005", "0.00000500"), ("0.05000", "0.00000500"))
ASKS = (("0.05010", "0.00000500"),)


def test_krakens_sum_runs_over_digits_of_asks_and_then_bids() -> None:
    assert kraken_sum(BIDS, ASKS) == str(zlib.crc32(b"501050050055005000500"))
    assert kraken_sum(BIDS * 9, ASKS) == kraken_sum((BIDS * 9)[:10], ASKS)


def test_the_sum_of_orders_runs_order_by_order_within_a_level() -> None:
    assert orders_sum([[("2", "1"), ("2", "3")]], [[("4", "5")]]) == str(zlib.crc32(b"452123"))


def test_okx_takes_turns_and_is_signed() -> None:
    said = okx_sum((("3366.1", "7"), ("3366", "6")), (("3366.8", "9"),))
    number = zlib.crc32(b"3366.1:7:3366.8:9:3366:6")
    assert int(said) % (1 << 32) == number
    assert -(1 << 31) <= int(said) < 1 << 31
    assert set(CHECKS) == {"kraken", "okx"}
