"""What people are shown of a run."""

from __future__ import annotations

import io
import json
from collections import Counter

import pytest
from rich.console import Console

from tapeproof.market.canonical import parse_canonical
from tapeproof.market.stored import AuditReference, Stored
from tapeproof.ops import report
from tapeproof.ops.manifest import Planned
from tapeproof.ops.reconciliation import Difference, Reconciliation, Row

AT = 1_718_000_000_000_001_000


def _drawn(table: object) -> str:
    console = Console(file=io.StringIO(), width=200)
    console.print(table)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _stored(**members: str) -> Stored:
    detail = {"schema": "tapeproof/1", "venue": "nyse", "symbol": "BRK.B", "ts_event_ns": str(AT), "sequence": "7"}
    record = parse_canonical(detail | members, AT)
    return Stored(
        record, "event-1", json.dumps(record.document()), b"", AuditReference("l" * 20, 4, b"\x01" * 32, None), "k"
    )


@pytest.mark.parametrize(
    ("count", "share", "expected"),
    [(1, 0.5, 1), (1, 0.99, 1), (2, 0.5, 1), (3, 0.5, 2), (100, 0.5, 50), (100, 0.99, 99), (101, 0.99, 100),
     (1000, 0.999, 999), (100, 0.07, 7), (10, 0.0, 1), (10, 1.0, 10)],
)  # fmt: skip
def test_a_percentile_is_the_nearest_rank(count: int, share: float, expected: int) -> None:
    assert report.percentile(list(range(count, 0, -1)), share) == expected


def test_an_account_says_whether_it_is_whole() -> None:
    account = Reconciliation()
    account.rows["kraken", "Trade"] = Row(due=1_234, ended=Counter({"RECORDED": 1_234}))
    assert "Every event accounted for" in _drawn(report.account_table(account))
    account.rows["kraken", "Trade"].due = 1_240
    account.differences.append(Difference("e-1", "kraken", "Trade", "", ()))
    told = _drawn(report.account_table(account))
    assert "Events are missing" in told
    assert "1,240" in told
    assert told.count(" 6 ") == 2


def test_latencies_are_told_in_milliseconds_by_delivery() -> None:
    account = Reconciliation()
    account.latencies_ns["Trade"] = [1_500_000, 2_500_000]
    row = next(
        line for line in _drawn(report.latency_table(account, {"Trade": "direct"})).splitlines() if "Trade" in line
    )
    assert [part for part in row.replace("\u2502", " ").split() if part] == [
        "Trade",
        "direct",
        "2",
        "1.5",
        "2.5",
        "2.5",
    ]


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"type": "trade", "price": "1.5", "size": "3", "side": "buy"}, "buy 3 at 1.5"),
        ({"type": "quote", "bid_price": "1", "bid_size": "2", "ask_price": "3", "ask_size": "4"}, "1 x 2 / 3 x 4"),
        ({"type": "quote", "bid_price": "1", "bid_size": "2"}, "1 x 2 / -"),
    ],
)
def test_a_record_is_a_row_with_the_entry_that_proves_it(members: dict[str, str], what: str) -> None:
    told = _drawn(report.records_table("Newest", [_stored(**members)]))
    assert what in told
    assert "2024-06-10 06:13:20.000001" in told
    assert f"\u2026{'l' * 12}:4" in told


def test_what_others_wrote_is_no_markup_and_steers_nothing() -> None:
    text = report.text_cell("[red]x[/red]\x1b[2J\u202e")
    assert text.plain == "[red]x[/red]\\x1b[2J\\u202e"
    assert "[red]x[/red]" in _drawn(text)


def test_each_difference_is_a_line() -> None:
    account = Reconciliation()
    account.differences = [
        Difference("e-1", "kraken", "Trade", "k1", ("REJECTED",)),
        Difference("e-2", "luno", "", "", ()),
    ]
    account.refused = [(Planned(3, "kraken", "Trade", "record"), "too large")]
    assert report.differences(account) == [
        "missing: Trade of kraken, event e-1, key k1; found instead: REJECTED",
        "missing:  of luno, event e-2",
        "refused by EventBridge: kraken event 3: too large",
    ]
    assert report.differences(Reconciliation()) == []


def test_what_tables_do_not_say_is_said_beside_them() -> None:
    account = Reconciliation(observations=Counter({"LATE": 2, "GAP": 1_000}), redelivered=3)
    account.uncertain = [Planned(0, "kraken", "Trade", "record")]
    lines = report.summary(account)
    assert lines[0] == "observed: 1,000 GAP, 2 LATE"
    assert "3" in lines[1]
    assert "1 event was being sent" in lines[2]
    assert report.summary(Reconciliation()) == []


def test_a_document_for_programs_has_the_proof() -> None:
    document = report.document(_stored(type="trade", price="1", size="2"))
    assert document["audit"] == {"lane": "l" * 20, "sequence": 4, "item": None, "entry_hash": "01" * 32}
    assert json.loads(document["body"])["price"] == "1"
