"""What becomes of each venue's messages and of each capture: records by type, rejections with reasons, books, sums.

Run: `.venv/bin/python benchmarks/market_coverage.py [FILE_OR_FOLDER…]`. A folder holds cases (`<venue>/NN-slug.json`)
or captures; the project's reported cases are read when nothing is named. A book is rebuilt in the order of arrival; a
sum counts as right when the levels that were rebuilt have it. Columns: messages, records by type, books and their
states, sums right of those that were sent, what was noticed in the books, rejections by reason.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.market import venues
from tapeproof.market.books import BookBuilder
from tapeproof.market.canonical import parse_canonical
from tapeproof.market.errors import Rejection
from tapeproof.market.model import SCHEMA, Book, Order
from tapeproof.market.outcomes import CHECKSUM_MISMATCH
from tapeproof.market.venues import Delivered
from tapeproof.market.wire import decode
from tapeproof.ops.capture import open_captures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.market.model import Record

CASES = Path(__file__).parent.parent / "tests" / "conformance" / "market" / "reported"
NO_SUM = frozenset({"", "0"})


@dataclass
class Sheet:
    """What became of the messages of one venue, or of one file."""

    messages: int = 0
    records: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    states: int = 0
    sums: int = 0
    books: dict[tuple[str, str, str], BookBuilder] = field(default_factory=dict)

    def take(self, venue: str, delivered: Delivered) -> None:
        """Read one message, and rebuild its books."""
        self.messages += 1
        try:
            records, rejections = _read(venue, delivered)
        except Rejection as error:
            records, rejections = [], [error]
        self.rejected.update(error.reason for error in rejections)
        for record in records:
            self.records[record.type] += 1
            if isinstance(record, (Book, Order)):
                self._build(record)

    def _build(self, record: Book | Order) -> None:
        name = (record.venue, record.symbol, record.channel)
        builder = self.books.setdefault(name, BookBuilder(record.venue))
        self.states += 1
        self.sums += record.checksum not in NO_SUM
        self.noticed.update(builder.apply(record).observations)

    def row(self, name: str) -> str:
        """Return it as a row of a Markdown table."""
        wrong = self.noticed[CHECKSUM_MISMATCH]
        cells = (
            name,
            f"{self.messages:,}",
            _listed(self.records),
            f"{len(self.books):,} of {self.states:,} states" if self.books else "",
            f"{self.sums - wrong:,} of {self.sums:,}" if self.sums else "",
            _listed(self.noticed),
            _listed(self.rejected),
        )
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _read(venue: str, delivered: Delivered) -> tuple[list[Record], list[Rejection]]:
    if f'"{SCHEMA}"' in delivered.raw:
        return [parse_canonical(decode(delivered.raw), delivered.received_ns)], []
    parsed = venues.read(venue, delivered)
    return parsed.records, parsed.rejections


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))


def _cases(folder: Path) -> Iterator[tuple[str, Sheet]]:
    """Yield a sheet of each folder of cases; every case is a session of its own, and its books are too."""
    for venue in sorted(one for one in folder.iterdir() if any(one.glob("*.json"))):
        whole = Sheet()
        kept: dict[tuple[str, str, str], BookBuilder] = {}
        files = sorted(venue.glob("*.json"))
        for number, file in enumerate(files):
            case = json.loads(file.read_text(encoding="utf-8"))
            whole.books = {}
            for one in case["messages"]:
                request = one.get("request", "")
                delivered = Delivered(one["raw"], int(one["received_ns"]), one.get("delivery", ""), request)
                whole.take(case["venue"], delivered)
            kept |= {(str(number), *name[1:]): builder for name, builder in whole.books.items()}
        whole.books = kept
        yield f"{folder.name}/{venue.name}, {len(files)} cases", whole


def _captures(paths: Iterable[Path]) -> Iterator[tuple[str, Sheet]]:
    for capture in open_captures(list(paths), None, venues.names()):
        sheet = Sheet()
        for message in capture:
            sheet.take(message.venue, Delivered(message.raw, message.received_ns))
        yield capture.path.name, sheet


def _sheets(paths: Iterable[Path]) -> Iterator[tuple[str, Sheet]]:
    for path in paths:
        if not path.is_dir():
            yield from _captures([path])
        elif any(path.glob("*/*.json")):
            yield from _cases(path)
        else:
            yield from _captures(
                sorted([*path.glob("*.capture"), *path.glob("*.dbn.zst"), *path.glob("dbn/*.dbn.zst")])
            )


def main() -> None:
    """Print the sheet."""
    print("| messages of | in | records | books | sums right | noticed | rejected |\n|---|---|---|---|---|---|---|")
    totals: Counter[str] = Counter()
    for name, sheet in _sheets([Path(one) for one in sys.argv[1:]] or [CASES]):
        print(sheet.row(name), flush=True)
        totals["messages"] += sheet.messages
        totals["records"] += sheet.records.total()
        totals["rejections"] += sheet.rejected.total()
    print(", ".join(f"{count:,} {name}" for name, count in totals.items()))


if __name__ == "__main__":
    main()
