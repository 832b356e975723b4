"""Whole answers on disk, for runs in which nothing has changed.

An answer is found by what was asked (options, environment, the gate's own code), and holds only while everything that
was read for it is as it was: each file's content, each folder's list of names, each path that was looked for in vain.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from tapeproof.content import PACKAGE, content

__all__ = ["ResultCache", "cache_folder", "code_fingerprint", "state_of"]

_MOST_ENTRIES = 4_000
_LARGE = 1024 * 1024


def cache_folder() -> Path:
    """Return where the gate keeps what it can make again: ``$TAPEPROOF_CACHE_DIR``, else the user's cache folder."""
    chosen = os.environ.get("TAPEPROOF_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tapeproof"


def code_fingerprint() -> str:
    """Return what changes when the gate's own code or catalogue does: names, sizes and times of its files."""
    digest = hashlib.sha256()
    roots = (str(PACKAGE / "gate"), str(content("policies")))
    for folder, below, names in itertools.chain.from_iterable(map(os.walk, roots)):
        below[:] = sorted(inner for inner in below if inner not in {"__pycache__", "examples"})
        for name in sorted(names):
            if name.endswith((".py", ".yaml", ".csv", ".json")):
                status = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - a hundred files on every run
                digest.update(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def state_of(path: Path) -> str:
    """Return what identifies the state of a path: content of a file, names in a folder, or that it is absent."""
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if status.st_size > _LARGE:
                # A deployment package: reading it would take longer than all the rest; its change time is not set back.
                return f"large {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except IsADirectoryError:
        return f"folder {hashlib.sha256(chr(10).join(sorted(os.listdir(path))).encode()).hexdigest()}"  # noqa: PTH208
    except OSError as error:
        return f"absent {error.errno}"


class ResultCache:
    """Answers by question.

    Args:
        folder: Where they are kept.
        question: Everything that decides the answer besides what is read.
    """

    def __init__(self, folder: Path, question: Any) -> None:  # noqa: ANN401 - anything JSON takes
        asked = json.dumps(question, sort_keys=True).encode()
        self.path = folder / "answers" / f"{hashlib.sha256(asked).hexdigest()}.json"

    def get(self) -> dict[str, Any] | None:
        """Return the answer, if it still holds."""
        try:
            kept = json.loads(self.path.read_bytes())
            states = kept["states"]
            answer = kept["answer"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not isinstance(states, dict) or not isinstance(answer, dict):
            return None
        return answer if all(state_of(Path(path)) == state for path, state in states.items()) else None

    def put(self, answer: dict[str, Any], read: set[Path]) -> None:
        """Keep an answer and the state of all it was made from; a folder that cannot be written keeps nothing."""
        kept = {"states": {str(path): state_of(path) for path in sorted(read)}, "answer": answer}
        with suppress(OSError):
            folder = self.path.parent
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = self.path.with_suffix(f".{os.getpid()}")
            unfinished.write_text(json.dumps(kept), encoding="utf-8")
            unfinished.replace(self.path)
            _prune(folder)
            _prune(folder.parent / "syntax")


def _prune(folder: Path) -> None:
    """Remove the oldest entries of a folder that has grown too large."""
    with suppress(OSError):
        entries = list(os.scandir(folder))
        if len(entries) > _MOST_ENTRIES:
            entries.sort(key=lambda entry: entry.stat().st_mtime)
            for entry in entries[: len(entries) // 2]:
                Path(entry.path).unlink(missing_ok=True)
