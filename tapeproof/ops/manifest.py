"""The manifest of a run: what was to be published and what EventBridge took, written so that a kill loses nothing.

One JSON document a line. An event's intent is written before it is sent and its event id after, so that an event whose
answer was never seen is known to be uncertain, and can be looked for by its natural keys.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TextIO

from tapeproof.ops.errors import NoStackError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Fate", "Manifest", "ManifestWriter", "Planned", "latest_manifest", "read_manifest"]

VERSION = 1
Fate = Literal["record", "reject", "quarantine"]


@dataclass(frozen=True, slots=True)
class Planned:
    """An event that is to be published.

    Args:
        n: Its number in the run, from 0.
        venue: The exchange.
        detail_type: The DetailType it is published with.
        fate: What the processor must make of it.
        keys: The natural keys of the records it must become; none when it must be rejected or quarantined.
    """

    n: int
    venue: str
    detail_type: str
    fate: Fate
    keys: tuple[str, ...] = ()

    @property
    def decisions(self) -> int:
        """How many decisions the processor must make on it."""
        return max(1, len(self.keys))


@dataclass(slots=True)
class Manifest:
    """What a run published.

    Args:
        path: The file.
        run: The run's name.
        started_ns: When it started, nanoseconds since the epoch.
        source: What was replayed.
        planned: Every event by its number.
        sent: Event id and time of publishing (ns) by number.
        failed: Why EventBridge refused an event, by number.
        ended: How the run ended; None when it was cut off.
    """

    path: Path
    run: str
    started_ns: int
    source: str
    planned: dict[int, Planned] = field(default_factory=dict)
    sent: dict[int, tuple[str, int]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    ended: str | None = None

    @property
    def uncertain(self) -> list[Planned]:
        """The events whose answer was never seen: they may or may not be on the bus."""
        return [event for n, event in self.planned.items() if n not in self.sent and n not in self.failed]


class ManifestWriter:
    """Writes a manifest line by line; closing it says how the run ended.

    Args:
        folder: Where manifests are kept.
        source: What is replayed, in words.
        started_ns: When the run starts, nanoseconds since the epoch.
    """

    def __init__(self, folder: Path, source: str, started_ns: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.run = f"{started_ns}-{os.getpid()}"
        self.path = folder / f"{self.run}.jsonl"
        self._file: TextIO = self.path.open("x", encoding="utf-8")
        self._write({"manifest": VERSION, "run": self.run, "started_ns": started_ns, "source": source})

    def intend(self, events: Sequence[Planned]) -> None:
        """Write down events that are about to be sent."""
        self._write({"intend": [asdict(event) for event in events]})

    def record_answer(self, sent: Mapping[int, str], failed: Mapping[int, str], at_ns: int) -> None:
        """Write down what EventBridge answered: event ids, and reasons of refusal, by number."""
        self._write({"sent": sent, "failed": failed, "at_ns": at_ns})

    def end(self, how: str) -> None:
        """Write down how the run ended and close the file."""
        self._write({"end": how})
        self.close()

    def close(self) -> None:
        """Close the file; without :meth:`end` before, the run counts as cut off."""
        self._file.close()

    def _write(self, document: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(document, separators=(",", ":")) + "\n")
        self._file.flush()


def read_manifest(path: Path) -> Manifest:
    """Return a manifest; a last line that was cut off by a kill is left out.

    Raises:
        NoStackError: The file cannot be read or is no manifest.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NoStackError(f"{path}: cannot be read", why=error.strerror or str(error)) from error
    documents = list(_documents(path, lines))
    if not documents or documents[0].get("manifest") != VERSION:
        raise NoStackError(f"{path}: is no manifest of a run", fix="name one that `tapeproof ops replay` wrote")
    head = documents[0]
    manifest = Manifest(path, run=head["run"], started_ns=head["started_ns"], source=head["source"])
    for document in documents[1:]:
        _apply(manifest, document)
    return manifest


def latest_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of the run that started last; None when there is none.

    Raises:
        NoStackError: It is damaged.
    """
    paths = sorted(folder.glob("*.jsonl"))
    return read_manifest(paths[-1]) if paths else None


def _documents(path: Path, lines: Sequence[str]) -> Iterable[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        try:
            yield json.loads(line)
        except ValueError as error:
            if number == len(lines):
                return
            raise NoStackError(f"{path}:{number}: is damaged", why=str(error)) from error


def _apply(manifest: Manifest, document: dict[str, Any]) -> None:
    if "intend" in document:
        for event in document["intend"]:
            planned = Planned(**{**event, "keys": tuple(event["keys"])})
            manifest.planned[planned.n] = planned
    elif "end" in document:
        manifest.ended = document["end"]
    else:
        at_ns = document["at_ns"]
        manifest.sent.update({int(n): (event_id, at_ns) for n, event_id in document["sent"].items()})
        manifest.failed.update({int(n): why for n, why in document["failed"].items()})
