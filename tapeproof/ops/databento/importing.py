"""The command that writes a DBN file as ``tapeproof/1`` events."""

from __future__ import annotations

import contextlib
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.table import Table

from tapeproof.market.canonical import parse_canonical
from tapeproof.market.errors import Rejection
from tapeproof.ops.databento.decoding import open_dbn
from tapeproof.ops.databento.events import EventMaker
from tapeproof.ops.errors import CaptureError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.ops.target import Addressee

__all__ = ["Imported", "import_dbn", "write_events"]

EXIT_REJECTED = 1


class Imported:
    """What became of the records of a file.

    Attributes:
        records: How many were read, by type of DBN.
        events: How many were written, by type of ours.
        rejected: How many events our own reader refuses, by reason; they are written all the same.
    """

    def __init__(self) -> None:
        self.records: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()


def import_dbn(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Write DBN files as events, a line each, and say on standard error what became of their records."""
    del find  # nothing of a stack is needed
    screen = Console(file=sys.stderr, highlight=False)
    table = Table("file", "records", "events", "refused", title="Databento")
    status = 0
    with _open_output(arguments.out) as out:
        for path in arguments.files:
            done = write_events(path, out, venue=arguments.venue or "")
            table.add_row(path.name, *(_list_counts(one) for one in (done.records, done.events, done.rejected)))
            status = EXIT_REJECTED if done.rejected else status
    screen.print(table)
    return status


def write_events(path: Path, out: TextIO, *, venue: str = "") -> Imported:
    """Write the events of a DBN file, a JSON document a line, in the order of its records.

    Args:
        path: The file.
        out: Where they are written.
        venue: Name of the venue; the dataset's when empty.

    Raises:
        CaptureError: The file cannot be read, or is damaged; what came before is written.
    """
    file = open_dbn(path)
    maker, done = EventMaker(file, venue), Imported()
    for record in file:
        done.records[record.kind] += 1
        for event in maker.make(record):
            done.events[event["type"]] += 1
            try:
                parse_canonical(event, 0)
            except Rejection as error:
                done.rejected[error.reason] += 1
            out.write(json.dumps(event, separators=(",", ":")) + "\n")
    return done


@contextlib.contextmanager
def _open_output(path: Path | None) -> Iterator[TextIO]:
    """Give standard output, or a file that is only there once it is whole."""
    if path is None:
        yield sys.stdout
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as out:
            yield out
        part.replace(path)
    except OSError as error:
        raise CaptureError(f"{path}: cannot be written", why=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _list_counts(counts: Counter[str]) -> str:
    return "\n".join(f"{count:,} {name}" for name, count in counts.items()) or "none"
