"""Replays in this process: the functions of the zip on tables in memory, accounted for as anywhere else."""

from __future__ import annotations

import argparse
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local.addressee import find_addressee
from tapeproof.local.one_process import InProcessTarget, find_in_process
from tapeproof.market.keys import KeyLayout
from tapeproof.market.store import MarketStore
from tapeproof.ops.capture import NativeMessage
from tapeproof.ops.errors import OperationError
from tapeproof.ops.pacing import Pace, Timed, timed_session
from tapeproof.ops.replay import Patience, Replay
from tapeproof.ops.session import session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tapeproof.ops.reconciliation import Reconciliation

NOW = 1_718_000_000_000_000_000
MATCH = {"type": "match", "trade_id": 7, "side": "sell", "size": "1", "price": "2", "product_id": "BTC-USD"}
Json = Any


def match(trade_id: int, **more: Json) -> NativeMessage:
    raw = json.dumps(MATCH | {"trade_id": trade_id, "time": "2024-06-10T06:13:20Z"} | more)
    return NativeMessage("coinbase", NOW + trade_id, raw)


def replayed(messages: Iterable[NativeMessage | Timed], folder: Path) -> tuple[Reconciliation, InProcessTarget]:
    target, outputs, runs = find_in_process(folder)
    player = Replay(target, outputs, runs, window=None)
    stop = threading.Event()
    timed = (one if isinstance(one, Timed) else Timed(0, one) for one in messages)
    manifest, follower = player.publish(timed, Pace(rate=None, speed=None, stop=stop), source="a test", stop=stop)
    account = player.account(manifest, Patience(0, 0), follower=follower)
    assert isinstance(target, InProcessTarget)
    return account, target


def test_the_built_in_session_is_whole_with_all_its_faults(tmp_path: Path) -> None:
    account, _ = replayed(timed_session(session(1, NOW, 600)), tmp_path)
    assert account.whole
    assert account.settled == account.due > 500
    assert account.total("REJECTED")
    assert account.total("QUARANTINED")
    assert account.total("DUPLICATE")


@pytest.mark.parametrize(
    ("messages", "ended"),
    [
        ([match(1), match(1), match(2)], {"RECORDED": 2, "DUPLICATE": 1}),
        ([match(1), match(1, price="3")], {"RECORDED": 1, "CONFLICT": 1}),
        ([NativeMessage("nobody", NOW, "{}")], {"QUARANTINED": 1}),
        ([NativeMessage("coinbase", NOW, "{")], {"REJECTED": 1}),
        ([NativeMessage("coinbase", NOW, '{"type":"ticker"}')], {"REJECTED": 1}),
    ],
)
def test_every_outcome_is_that_of_the_handlers(
    messages: list[NativeMessage], ended: dict[str, int], tmp_path: Path
) -> None:
    account, _ = replayed(messages, tmp_path)
    assert account.whole
    assert {act: account.total(act) for act in ended} == ended
    assert account.settled == len(messages)


def test_what_was_replayed_can_be_read_from_the_tables(tmp_path: Path) -> None:
    account, target = replayed([match(1), match(4)], tmp_path)
    assert account.observations["GAP"] == 1
    store = MarketStore(target.client("dynamodb"), "table-market-memory", KeyLayout(), workers=1)
    trades = store.trades("BTC-USD", NOW, NOW + 1)
    assert [one.record.sequence for one in trades] == [1, 4]


def test_nothing_of_what_functions_say_comes_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replayed([match(1)], tmp_path)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("more", [{"account": True}, {"profile": "prod"}, {"outputs": "outputs.json"}])
def test_this_process_is_no_account(more: dict[str, Json], tmp_path: Path) -> None:
    arguments = argparse.Namespace(
        **{"dir": str(tmp_path), "in_process": True, "account": False, "profile": None, "outputs": None} | more
    )
    with pytest.raises(OperationError, match="no account"):
        find_addressee(arguments)
