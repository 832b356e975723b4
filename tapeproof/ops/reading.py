"""What the subcommands of `tapeproof ops` do that read records; each returns an exit status."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tapeproof.market.model import DETAIL_TYPES
from tapeproof.market.store import MarketStore
from tapeproof.ops import report
from tapeproof.ops.errors import OperationError
from tapeproof.ops.screen import Screen

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from tapeproof.market.schema import RecordType
    from tapeproof.market.stored import Stored
    from tapeproof.ops.target import Addressee

__all__ = ["latest", "quotes", "read_range", "time_ns", "trades"]

HOUR_S = 3600
SECOND_NS = 1_000_000_000
LOOKED_THROUGH_NS = 24 * HOUR_S * SECOND_NS
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def latest(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Show the newest trade and quote of a symbol at every exchange."""
    screen = Screen()
    target, outputs, _ = find()
    found = MarketStore(target.client("dynamodb"), outputs.market_table_name, outputs.layout).latest(arguments.symbol)
    if not found:
        raise OperationError(
            f"{arguments.symbol}: nothing is recorded",
            fix="symbols read like BTC-USD; `tapeproof ops symbols --venue VENUE --from TIME --to TIME` lists what is",
        )
    _records(screen, f"Newest of {arguments.symbol}", found, as_json=arguments.json)
    return 0


def trades(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Show the trades of a symbol in a range of time."""
    return _of_type("trade", arguments, find)


def quotes(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Show the quotes of a symbol in a range of time."""
    return _of_type("quote", arguments, find)


def _of_type(kind: RecordType, arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    screen = Screen()
    start_ns, end_ns = read_range(arguments)
    target, outputs, _ = find()
    store = MarketStore(target.client("dynamodb"), outputs.market_table_name, outputs.layout)
    found = store.records(kind, arguments.symbol, start_ns, end_ns, venue=arguments.venue)
    shown = list(itertools.islice(found, arguments.limit))
    if not shown and not arguments.json:
        screen.say(_tell_what_is(store, kind, arguments, start_ns, end_ns))
        return 0
    _records(screen, f"{kind.capitalize()}s of {arguments.symbol}", shown, as_json=arguments.json)
    if len(shown) == arguments.limit and not arguments.json:
        screen.say(f"the first {arguments.limit}; there may be more, see --limit")
    return 0


def _tell_what_is(
    store: MarketStore, kind: RecordType, arguments: argparse.Namespace, start_ns: int, end_ns: int
) -> str:
    """Return a sentence that nothing of a type is recorded, and what else of the symbol is."""
    # A partition an hour and shard is asked for each type: a long range would take longer than an answer may.
    others = [other for other in DETAIL_TYPES if other != kind and end_ns - start_ns <= LOOKED_THROUGH_NS]
    there = [
        other
        for other in others
        if any(store.records(other, arguments.symbol, start_ns, end_ns, venue=arguments.venue))
    ]
    of_whom = f"{arguments.symbol} at {arguments.venue}" if arguments.venue else arguments.symbol
    said = (
        f"; recorded of it there: {', '.join(there)}" if there else "; nothing else of it is either" if others else ""
    )
    return (
        f"{of_whom}: no {kind} is recorded in that time (--from and --to){said}. "
        "`tapeproof ops symbols --venue VENUE` lists what is"
    )


def _records(screen: Screen, title: str, found: Sequence[Stored], *, as_json: bool) -> None:
    if not as_json:
        screen.console.print(report.records_table(title, found))
        return
    for stored in found:
        screen.write_json(report.document(stored))


def read_range(arguments: argparse.Namespace) -> tuple[int, int]:
    """Return the range of times that --from and --to name, the hour before now where they are absent.

    Raises:
        OperationError: It is none.
    """
    end_ns = time_ns(arguments.end, "--to") if arguments.end else time.time_ns()
    start_ns = time_ns(arguments.start, "--from") if arguments.start else end_ns - HOUR_S * SECOND_NS
    if start_ns >= end_ns:
        raise OperationError(
            f"--from {arguments.start} is not before --to {arguments.end or 'now'}",
            fix="times are UTC unless they say otherwise, like 2026-01-05T14:30:00+01:00",
        )
    return start_ns, end_ns


def time_ns(text: str, option: str) -> int:
    """Return a time in nanoseconds since 1970, UTC unless it says otherwise.

    Args:
        text: The time in ISO 8601.
        option: What it was given for, for the message.

    Raises:
        OperationError: It is no time.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise OperationError(
            f"{option} {text!r} is not a time", why=str(error), fix="write it like 2026-01-05T14:30:00"
        ) from error
    whole = at if at.tzinfo else at.replace(tzinfo=UTC)
    return (whole - EPOCH) // timedelta(microseconds=1) * 1_000
