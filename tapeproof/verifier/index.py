"""What the verifier must remember of a log that may have billions of entries: an SQLite file beside the leaf file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.log.entry import MOST_SEQUENCES
from tapeproof.verifier.folder import Part, part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tapeproof.log.control import Run

__all__ = ["Citation", "Index", "LaneEnd", "PlacedRun"]

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16000;
CREATE TABLE run (leaf INTEGER PRIMARY KEY, part TEXT, lane TEXT, first INTEGER, length INTEGER, sealed INTEGER);
CREATE INDEX run_part ON run (part, lane, first);
CREATE INDEX run_lane ON run (lane, first);
CREATE TABLE control (leaf INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE checkpoint (size TEXT, root BLOB, note BLOB, place TEXT, PRIMARY KEY (size, root, note)) WITHOUT ROWID;
CREATE TABLE lane_end (lane TEXT PRIMARY KEY, entries INTEGER, last BLOB, sealed INTEGER);
CREATE TABLE citation (lane TEXT, prior TEXT, seq INTEGER, hash TEXT, next TEXT, reason TEXT);
CREATE TABLE met (lane TEXT, seq INTEGER, first_lane TEXT, first_seq INTEGER);
CREATE TABLE suspect (lane TEXT PRIMARY KEY);
"""


class PlacedRun(NamedTuple):
    """A run with its place in the log.

    Attributes:
        lane: The lane.
        first: Sequence of its first entry.
        length: Number of entries.
        leaf: Leaf of the first.
        sealed: When it was sealed, nanoseconds since 1970.
        after: When everything that was there had been sealed before; 0 when nobody says.
    """

    lane: str
    first: int
    length: int
    leaf: int
    sealed: int
    after: int = 0


class LaneEnd(NamedTuple):
    """Where a lane ends in the table: number of entries, hash of the last; and how many of them are sealed."""

    lane: str
    entries: int
    last: bytes
    sealed: int


class Citation(NamedTuple):
    """What a lane's first entry says about the lane before."""

    lane: str
    prior: str
    seq: int
    hash: str
    next: str
    reason: str

    def sane(self) -> bool:
        """Return whether a writer may have made it: a stranger's number may have any size, and a text no UTF-8 form."""
        texts = (self.prior, self.hash, self.next, self.reason)
        return -1 <= self.seq < MOST_SEQUENCES and all(map(str.isascii, texts))


class Index:
    """The index of one verification.

    Args:
        path: Where its file goes.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add_runs(self, runs: Iterable[Run], leaf: int, sealed: int) -> None:
        """Place runs one after the other from a leaf on."""
        rows = []
        for run in runs:
            part = part_of(run.lane)
            rows.append((leaf, part.name if part else "", run.lane, run.first, run.length, sealed))
            leaf += run.length
        self._db.executemany("INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?)", rows)

    def runs(self, part: Part) -> list[PlacedRun]:
        """Return a part's runs by lane and sequence."""
        query = "SELECT lane, first, length, leaf, sealed FROM run WHERE part = ? ORDER BY lane, first"
        return [PlacedRun(*row) for row in self._db.execute(query, (part.name,))]

    def runs_of_lane(self, lane: str) -> list[PlacedRun]:
        """Return a lane's runs by sequence."""
        query = "SELECT lane, first, length, leaf, sealed FROM run WHERE lane = ? ORDER BY first"
        return [PlacedRun(*row) for row in self._db.execute(query, (lane,))]

    def run_at(self, leaf: int) -> PlacedRun | None:
        """Return the run that covers a leaf."""
        query = "SELECT lane, first, length, leaf, sealed FROM run WHERE leaf <= ? ORDER BY leaf DESC LIMIT 1"
        row = self._db.execute(query, (leaf,)).fetchone()
        run = PlacedRun(*row) if row else None
        return run if run and leaf < run.leaf + run.length else None

    def parts(self) -> list[Part]:
        """Return the parts that have runs."""
        names = self._db.execute("SELECT DISTINCT part FROM run WHERE part <> '' ORDER BY part")
        return [Part(name[:10], int(name[11])) for (name,) in names]

    def heads(self, hour: str) -> Iterator[tuple[str, int, int]]:
        """Yield an hour's lanes in order: name, sealed entries, leaf of the last one."""
        query = (
            "SELECT lane, SUM(length), MAX(leaf + length - 1) FROM run "
            "WHERE part >= ? AND part < ? GROUP BY lane ORDER BY lane"
        )
        yield from self._db.execute(query, (f"{hour}-", f"{hour}."))

    def add_control(self, leaf: int, data: bytes) -> None:
        """Remember a control leaf."""
        self._db.execute("INSERT OR REPLACE INTO control VALUES (?, ?)", (leaf, data))

    def control(self, leaf: int) -> bytes | None:
        """Return a control leaf's bytes."""
        row = self._db.execute("SELECT data FROM control WHERE leaf = ?", (leaf,)).fetchone()
        return row[0] if row else None

    def misplaced_controls(self) -> Iterator[int]:
        """Yield the control leaves that lie where the log has an entry."""
        query = (
            "SELECT leaf FROM control WHERE leaf < (SELECT leaf + length FROM run WHERE run.leaf <= control.leaf "
            "ORDER BY run.leaf DESC LIMIT 1) ORDER BY leaf"
        )
        yield from (leaf for (leaf,) in self._db.execute(query))

    def controls(self) -> Iterator[tuple[int, bytes]]:
        """Yield every control leaf in order."""
        yield from self._db.execute("SELECT leaf, data FROM control ORDER BY leaf")

    def add_checkpoint(self, size: int, root: bytes, note: bytes, place: str) -> None:
        """Remember a checkpoint, and in words where it was found, unless the same note is there already."""
        row = (f"{size:020d}", root, note, place)  # as text: a size is larger than any integer that SQLite has
        self._db.execute("INSERT OR IGNORE INTO checkpoint VALUES (?, ?, ?, ?)", row)

    def checkpoints(self, *, backwards: bool = False) -> Iterator[tuple[int, bytes, str, bytes]]:
        """Yield size, root, place and note of the checkpoints, smallest first, or backwards."""
        query = "SELECT size, root, place, note FROM checkpoint ORDER BY size, root, note"
        last = "SELECT size, root, place, note FROM checkpoint ORDER BY size DESC, root DESC, note DESC"
        for size, root, place, note in self._db.execute(last if backwards else query):
            yield int(size), root, place, note

    def count_checkpoints(self) -> int:
        """Return how many checkpoints are remembered."""
        (count,) = self._db.execute("SELECT COUNT(*) FROM checkpoint").fetchone()
        return int(count)

    def forked_sizes(self) -> list[int]:
        """Return the sizes at which checkpoints name several roots."""
        rows = self._db.execute("SELECT size FROM checkpoint GROUP BY size HAVING COUNT(DISTINCT root) > 1")
        return [int(size) for (size,) in rows]

    def add_lanes(
        self, ends: Iterable[LaneEnd], citations: Iterable[Citation], met: Iterable[tuple[object, ...]]
    ) -> None:
        """Remember what a part's lanes said."""
        self._db.executemany("INSERT OR REPLACE INTO lane_end VALUES (?, ?, ?, ?)", ends)
        self._db.executemany("INSERT INTO citation VALUES (?, ?, ?, ?, ?, ?)", citations)
        self._db.executemany("INSERT INTO met VALUES (?, ?, ?, ?)", met)

    def read_citations(self) -> Iterator[tuple[Citation, LaneEnd | None]]:
        """Yield the citations, each with the end of the lane it cites, if there is one.

        A lane that nothing is sealed of may be younger than the reading of the lane it cites, in an export of a moving
        log: what it says is judged next time, unless it says that a stranger wrote.
        """
        query = (
            "SELECT c.*, e.* FROM citation AS c LEFT JOIN lane_end AS e ON e.lane = c.prior "
            "JOIN lane_end AS own ON own.lane = c.lane WHERE own.sealed > 0 OR c.reason = 'forked' ORDER BY c.lane"
        )
        for row in self._db.execute(query):
            yield Citation(*row[:6]), LaneEnd(*row[6:]) if row[6] else None

    def unmet(self) -> Iterator[tuple[str, int, str, int]]:
        """Yield sealed duplicates and conflicts that cite an entry that is not there."""
        query = (
            "SELECT m.* FROM met AS m LEFT JOIN lane_end AS e ON e.lane = m.first_lane "
            "JOIN lane_end AS own ON own.lane = m.lane "
            "WHERE m.seq < own.sealed AND (e.lane IS NULL OR m.first_seq >= e.entries)"
        )
        yield from self._db.execute(query)

    def suspect(self, lanes: Iterable[str]) -> None:
        """Remember lanes to look at closely."""
        self._db.executemany("INSERT OR IGNORE INTO suspect VALUES (?)", ((lane,) for lane in lanes))

    def suspects(self) -> list[str]:
        """Return the lanes to look at closely."""
        return [lane for (lane,) in self._db.execute("SELECT lane FROM suspect ORDER BY lane")]

    def is_suspect(self, lane: str) -> bool:
        """Return whether a lane is to be looked at closely."""
        return self._db.execute("SELECT 1 FROM suspect WHERE lane = ?", (lane,)).fetchone() is not None
