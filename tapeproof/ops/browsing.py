"""What the subcommands of `tapeproof ops` do that show books, symbols, gaps and venues; each returns an exit status."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.table import Table

from tapeproof.market import venues as known
from tapeproof.market.store import MarketStore
from tapeproof.ops import reading, report
from tapeproof.ops.errors import OperationError
from tapeproof.ops.screen import Screen

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from tapeproof.market.outcomes import BookView
    from tapeproof.ops.target import Addressee

__all__ = ["book", "gaps", "symbols", "venues"]


def _store(find: Callable[[], Addressee]) -> MarketStore:
    target, outputs, _ = find()
    return MarketStore(target.client("dynamodb"), outputs.market_table_name, outputs.layout)


def book(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Show the books of a symbol at a venue as they stood at an instant."""
    at_ns = reading.time_ns(arguments.at, "--at") if arguments.at else time.time_ns()
    views = _store(find).book(arguments.symbol, arguments.venue, at_ns)
    if not views:
        raise OperationError(
            f"{arguments.symbol}: no book of {arguments.venue} was recorded in the day before",
            fix=f"see what is: tapeproof ops symbols --venue {arguments.venue} --from … --to …",
        )
    screen = Screen()
    for view in views:
        if arguments.json:
            screen.write_json(_book_document(view, arguments.depth))
        else:
            screen.console.print(_book_table(view, arguments.depth))
    return 0


def _book_document(view: BookView, depth: int) -> dict[str, Any]:
    return {
        "venue": view.venue,
        "symbol": view.symbol,
        "channel": view.channel,
        "stale": view.stale,
        "received_ns": str(view.received_ns),
        "bids": view.bids[:depth],
        "asks": view.asks[:depth],
    }


def _book_table(view: BookView, depth: int) -> Table:
    state = ", not to be trusted: no snapshot, or something was lost since" if view.stale else ""
    title = f"{view.symbol} at {view.venue} {view.channel}{state}"
    table = Table(title=report.text_cell(title), title_justify="left")
    for column in ("bid size", "bid", "ask", "ask size"):
        table.add_column(column, justify="right")
    for bid, ask in itertools.islice(itertools.zip_longest(view.bids, view.asks), depth):
        (bid_price, bid_size), (ask_price, ask_size) = bid or ("", ""), ask or ("", "")
        table.add_row(bid_size, bid_price, ask_price, ask_size)
    return table


def symbols(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Show which symbols of a venue were recorded in a range of time, and how many records of each type."""
    start_ns, end_ns = reading.read_range(arguments)
    counts = Counter(
        (one.record.symbol, one.record.type) for one in _store(find).by_exchange(arguments.venue, start_ns, end_ns)
    )
    if not counts:
        raise OperationError(
            f"{arguments.venue}: nothing is recorded in that time",
            fix=f"give --from and --to; venues with a module are {', '.join(known.names())}",
        )
    rows = [(symbol, kind, str(count)) for (symbol, kind), count in sorted(counts.items())]
    _show(("symbol", "type", "records"), rows, as_json=arguments.json)
    return 0


def gaps(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Show what is missing in a venue's counts in a range of time, to be asked for again."""
    start_ns, end_ns = reading.read_range(arguments)
    found = _store(find).list_missing(arguments.venue, start_ns, end_ns)
    rows = [
        (one.stream, one.symbol, str(one.first), str(one.last), "broken chain" if one.chain else "missing")
        for one in found
    ]
    _show(("count", "symbol", "first", "last", "what"), rows, as_json=arguments.json)
    if not rows and not arguments.json:
        Screen().say(f"{arguments.venue}: nothing is missing that its counts would show")
    return 0


def venues(arguments: argparse.Namespace, _: Callable[[], Addressee]) -> int:
    """Show the venues whose native messages are read; any other sends tapeproof/1."""
    _show(("venue",), [(name,) for name in known.names()], as_json=arguments.json)
    return 0


def _show(columns: Sequence[str], rows: Sequence[Sequence[str]], *, as_json: bool) -> None:
    screen = Screen()
    if as_json:
        for row in rows:
            screen.write_json(dict(zip(columns, row, strict=True)))
        return
    table = Table(title_justify="left")
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*map(report.text_cell, row))
    screen.console.print(table)
