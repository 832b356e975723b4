from __future__ import annotations

from typing import Any

import pytest

from tapeproof.verifier.newest_match import _unlike


def _ranked(**changes: str) -> dict[str, Any]:
    body = '{"price":"1.5","ts_event_ns":"1700000000000000000"}'
    received = "1700000000000000005"
    item = {"ts": "1700000000000000000", "rcv": received, "ord": f"{received}#{0:020d}", "body": body, **changes}
    return {name: {"S": value} for name, value in item.items()}


@pytest.mark.parametrize(
    ("changes", "is_sound"),
    [
        ({}, True),
        ({"ts": "1700000000000000005"}, False),
        ({"ts": "9999999999999999999"}, False),
        ({"rcv": "1800000000000000000"}, False),
        ({"ord": "9" * 19 + "#"}, False),
        ({"body": '{"price":"1.5","ts_event_ns":"1600000000000000000"}'}, False),
    ],
)
def test_what_makes_a_record_the_newest_must_follow_from_its_body(changes: dict[str, str], is_sound: bool) -> None:
    newest_record = _ranked(**changes) | {
        "pk": {"S": "LATEST#BTC-USD"},
        "sk": {"S": "trade#kraken"},
        "a_hash": {"B": bytes(32)},
    }
    why = _unlike(newest_record, {"key": "trade#kraken#BTC-USD#20231114#1700000000000000000#7"}, bytes(32))
    assert why == ("" if is_sound else "its keys are not those of the decision")
