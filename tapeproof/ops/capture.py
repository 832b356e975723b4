"""Reads captures of exchange feeds: one message a line, `<receive time, epoch seconds>: <the message as received>`.

The format is the one cryptofeed records. Lines `ADDRESS <-> TIME` mark a connection and `ADDRESS <- TIME: TEXT` is a
request that the recorder sent: neither is market data. The message is kept as text, byte for byte what the exchange
sent, because decimals must survive and a malformed message is evidence too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tapeproof.market.model import SCHEMA
from tapeproof.ops.databento.decoding import is_dbn, open_dbn
from tapeproof.ops.databento.events import EventMaker
from tapeproof.ops.errors import CaptureError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["NATIVE", "Capture", "NativeMessage", "open_captures"]

NATIVE = "native/1"
NANOSECONDS = 1_000_000_000
LINE = re.compile(r"(?P<received>\d{1,10}(?:\.\d{1,9})?): (?P<raw>.*)", re.DOTALL)
NOT_MARKET_DATA = re.compile(r"\S+ <(?:-|->) ")
VENUE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
SHOWN = 60


@dataclass(frozen=True, slots=True)
class NativeMessage:
    """One message as an exchange sent it.

    Args:
        venue: The exchange's identifier, such as `kraken`.
        received_ns: When it was received, nanoseconds since the epoch.
        raw: The message, exactly as received; in the canonical form the whole detail, as JSON text.
        schema: The form of the event that it becomes.
    """

    venue: str
    received_ns: int
    raw: str
    schema: str = NATIVE


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture file whose every line is known to be readable.

    Args:
        path: The file.
        venue: The exchange it was recorded from.
        messages: How many messages it holds.
    """

    path: Path
    venue: str
    messages: int

    def __iter__(self) -> Iterator[NativeMessage]:
        """Yield its messages in the order of the file.

        Raises:
            CaptureError: The file changed since it was opened, or cannot be read.
        """
        if is_dbn(self.path):
            yield from _events(self.path, self.venue)
            return
        for number, line in _lines(self.path):
            message = _parse(self.path, number, line, self.venue)
            if message is not None:
                yield message


def open_captures(paths: Sequence[Path], venue: str | None, known: Sequence[str]) -> list[Capture]:
    """Check every line of every file and return the captures; nothing is published from a file that has a bad line.

    Args:
        paths: The capture files.
        venue: The exchange of all of them; when absent, each file's name says it (`kraken-book.capture` is `kraken`).
        known: The venues that have a module; another one must be named with `venue`, so that a typing error in a file
            name does not quarantine a session.

    Raises:
        CaptureError: A file cannot be read, has a line of another form, or names no known venue.
    """
    if venue is not None and not VENUE.fullmatch(venue):
        raise CaptureError(f"{venue!r} is not a venue's identifier", fix="use 1 to 32 of a-z 0-9 _ - from a letter on")
    return [_open_dbn(path, venue) if is_dbn(path) else _open(path, venue or _venue_of(path, known)) for path in paths]


def _open_dbn(path: Path, venue: str | None) -> Capture:
    named = EventMaker(open_dbn(path), venue or "").venue
    return Capture(path, named, sum(1 for _ in _events(path, named)))


def _events(path: Path, venue: str) -> Iterator[NativeMessage]:
    file = open_dbn(path)
    maker = EventMaker(file, venue)
    for record in file:
        for event in maker.make(record):
            raw = json.dumps(event, separators=(",", ":"))
            yield NativeMessage(venue, int(event["received_ns"]), raw, SCHEMA)


def _open(path: Path, venue: str) -> Capture:
    count = sum(_parse(path, number, line, venue) is not None for number, line in _lines(path))
    if not count:
        raise CaptureError(f"{path}: holds no message", fix="lines must read `<epoch seconds>: <message>`")
    return Capture(path, venue, count)


def _venue_of(path: Path, known: Sequence[str]) -> str:
    named = re.split(r"[-.]", path.name)[0].lower()
    if not path.exists():
        raise CaptureError(f"{path}: cannot be read", why="there is no such file")
    if named not in known:
        raise CaptureError(
            f"{path}: its name starts with no known venue",
            why=f"known are {', '.join(sorted(known))}",
            fix="name the venue with --venue",
        )
    return named


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        # Only a line feed ends a line: a message may hold other characters that Python takes for line ends.
        with path.open(encoding="utf-8", newline="\n") as opened:
            number = 0
            for number, line in enumerate(opened, start=1):
                yield number, line.removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise CaptureError(f"{path}: cannot be read", why=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise CaptureError(
            f"{path}:{number + 1}: is not UTF-8", why=str(error), fix="record the feed's text as UTF-8"
        ) from error


def _parse(path: Path, number: int, line: str, venue: str) -> NativeMessage | None:
    matched = LINE.fullmatch(line)
    if matched:
        received_ns = int(Decimal(matched["received"]) * NANOSECONDS)
        return NativeMessage(venue, received_ns, matched["raw"])
    if not line.strip() or NOT_MARKET_DATA.match(line):
        return None
    shown = line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
    raise CaptureError(
        f"{path}:{number}: is not a captured message: {shown!r}",
        why="expected `<epoch seconds>: <message>`, or a line marked <- or <->",
        fix="remove the line, or record it in that form",
    )
