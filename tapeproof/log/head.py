"""The sealer's memory: one item that is only ever replaced whole, by compare-and-swap on its version.

    HEAD  pk C  sk HEAD   ver, size, root, frontier, published, closed, keys, cursors   [commit]

``size`` and ``root`` are what the log has committed to; ``published`` is how much of it has tiles and a signed
checkpoint.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.canonical import canonical
from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import Frontier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Cursor", "Head", "SigningKey", "commitment_text", "pages_of", "with_pages"]

MAX_CURSOR_BYTES = 380_000
"""What an item has room for (DynamoDB: 400 KB)."""
MAX_INFLATED_BYTES = 64 * 2**20
_MOST_PARTS = 3_000_000
"""Lists, objects and commas in the cursors: half a million lanes have two thirds of it."""
_MOST_PAGES = 200


class Cursor(NamedTuple):
    """How far a lane is sealed: number of entries, the hash of the last, and whether nothing more is taken from it."""

    entries: int
    last: bytes
    broken: bool = False

    def row(self) -> list[int | str]:
        """Return it for JSON."""
        return [self.entries, self.last.hex(), *([1] if self.broken else [])]

    @classmethod
    def read(cls, row: Sequence[Any]) -> Cursor:
        """Return what ``row`` wrote."""
        return cls(int(row[0]), bytes.fromhex(row[1]), len(row) > 2)  # noqa: PLR2004 - the mark of a broken lane


class SigningKey(NamedTuple):
    """A key of the sealer: where it is, and its verifier key as text."""

    arn: str
    vkey: str


def pages_of(packed: bytes) -> dict[str, bytes]:
    """Return the pages that packed cursors are stored in, by the hash that names each; none when the head holds them.

    What is named by its hash cannot be replaced, and two sealers that write at once do not meet.
    """
    if len(packed) <= MAX_CURSOR_BYTES:
        return {}
    parts = [packed[at : at + MAX_CURSOR_BYTES] for at in range(0, len(packed), MAX_CURSOR_BYTES)]
    return {sha256(part).hexdigest(): part for part in parts}


@dataclass(frozen=True, slots=True)
class Head:
    """The sealer's state.

    Attributes:
        version: Counts replacements; 0 is a log that was never sealed.
        frontier: The tree's perfect subtrees.
        published: Size of the newest checkpoint that was finished.
        closed: The latest closed hour; hours up to it are closed.
        key: Key that signs, if any did yet.
        previous_key: Key that must sign too, while a rotation is not published.
        cursors: For each open hour, the lanes and how far they are sealed.
        commit: The signature under the commitment, while what is committed to is not published.
    """

    version: int = 0
    frontier: Frontier = field(default_factory=Frontier)
    published: int = 0
    closed: str = ""
    key: SigningKey | None = None
    previous_key: SigningKey | None = None
    cursors: Mapping[str, Mapping[str, Cursor]] = field(default_factory=dict)
    commit: bytes = b""

    @property
    def size(self) -> int:
        """Return the number of leaves that the log has committed to."""
        return self.frontier.size

    def as_published(self) -> Head:
        """Return the head after its checkpoint was finished."""
        return replace(self, version=self.version + 1, published=self.size, previous_key=None, commit=b"")

    def state(self) -> str:
        """Return, in hex, the hash of what the next run goes on from; a SEAL leaf commits to it."""
        return sha256(canonical({"closed": self.closed, "cursors": self._rows()})).hexdigest()

    def commitment(self, origin: str) -> str:
        """Return the text that a sealer signs before it writes a head that is not published yet."""
        keys = [key.vkey for key in (self.key, self.previous_key) if key]
        return commitment_text(
            origin, (self.published, self.size), self.frontier.root().hex(), state=self.state(), keys=keys
        )

    def _rows(self) -> dict[str, dict[str, list[int | str]]]:
        return {hour: {lane: one.row() for lane, one in lanes.items()} for hour, lanes in self.cursors.items()}

    def pack_cursors(self) -> bytes:
        """Return the cursors as they are stored."""
        return zlib.compress(json.dumps(self._rows()).encode(), 6)

    def item(self) -> dict[str, Any]:
        """Return the DynamoDB item; cursors that are too long for it are in the pages that it names."""
        packed = self.pack_cursors()
        pages = pages_of(packed)
        keys = [list(key) if key else None for key in (self.key, self.previous_key)]
        return {
            "pk": {"S": "C"},
            "sk": {"S": "HEAD"},
            "ver": {"N": str(self.version)},
            "size": {"N": str(self.size)},
            "root": {"B": self.frontier.root()},
            "frontier": {"B": b"".join(self.frontier.roots)},
            "published": {"N": str(self.published)},
            "closed": {"S": self.closed or "-"},
            "keys": {"S": json.dumps(keys)},
            "cursors": {"B": b"" if pages else packed},
            **({"pages": {"L": [{"S": name} for name in pages]}} if pages else {}),
            **({"commit": {"B": self.commit}} if self.commit else {}),
        }

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Head:
        """Read the DynamoDB item.

        Raises:
            AuditError: The item was damaged.
        """
        try:
            raw = bytes(item["frontier"]["B"])
            roots = [raw[at : at + 32] for at in range(0, len(raw), 32)]
            frontier = Frontier(int(item["size"]["N"]), roots)
            keys = [SigningKey(*key) if key else None for key in json.loads(item["keys"]["S"])]
            cursors = {
                hour: {lane: Cursor.read(row) for lane, row in lanes.items()}
                for hour, lanes in json.loads(_inflate(bytes(item["cursors"]["B"]))).items()
            }
            closed, version = item["closed"]["S"], int(item["ver"]["N"])
            root = bytes(item["root"]["B"])
            commit = bytes(item["commit"]["B"]) if "commit" in item else b""
            published = int(item["published"]["N"])
            head = cls(version, frontier, published, closed.strip("-"), keys[0], keys[1], cursors, commit)
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            RecursionError,
            TypeError,
            ValueError,
            zlib.error,
        ) as error:
            raise AuditError(f"the sealer's HEAD item is damaged: {type(error).__name__}: {error}") from error
        if frontier.root() != root:
            raise AuditError("the sealer's HEAD item is damaged: its root is not that of its frontier")
        return head


def commitment_text(origin: str, sizes: tuple[int, int], root: str, *, state: str, keys: Sequence[str]) -> str:
    """Return what a sealer signs of a head that is not published yet.

    Args:
        origin: The log.
        sizes: How many leaves are published, and committed to.
        root: Root of the latter, in hex.
        state: Hash of what the next run goes on from, in hex.
        keys: The verifier keys that sign the checkpoint.
    """
    told = ("tapeproof/commitment/v1", origin, *map(str, sizes), root, state, *keys)
    return "".join(f"{line}\n" for line in told)


def _inflate(packed: bytes) -> bytes:
    """Return what was packed.

    Raises:
        ValueError: It is longer than the cursors of half a million lanes, or cut off.
    """
    stream = zlib.decompressobj()
    text = stream.decompress(packed, MAX_INFLATED_BYTES)
    if not stream.eof:
        raise ValueError(f"the cursors are cut off or inflate to over {MAX_INFLATED_BYTES:,} bytes")
    if sum(map(text.count, (b"[", b"{", b","))) > _MOST_PARTS:
        raise ValueError(f"the cursors have over {_MOST_PARTS:,} parts")
    return text


def with_pages(item: Mapping[str, Any], page: Callable[[str], bytes | None]) -> Mapping[str, Any]:
    """Return a HEAD item with the cursors of its pages in place.

    Args:
        item: As it is stored.
        page: Returns the page of a hash, or None.

    Raises:
        AuditError: A page is missing or is not what its name says.
    """
    if "pages" not in item:
        return item
    parts, names = [], [str(one.get("S", "")) for one in item["pages"].get("L", ())]
    if len(names) > _MOST_PAGES:
        raise AuditError(f"the sealer's HEAD item names {len(names)} pages, at most {_MOST_PAGES} are read")
    for name in names:
        part = page(name)
        if part is None or sha256(part).hexdigest() != name:
            raise AuditError(f"the page {name} of the sealer's HEAD item is missing or was changed")
        parts.append(part)
    return {**{name: value for name, value in item.items() if name != "pages"}, "cursors": {"B": b"".join(parts)}}
