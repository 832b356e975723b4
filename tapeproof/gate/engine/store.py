"""A folder of things that can be made again, which nobody but the user can have put there.

Each entry carries a MAC under a key that is the user's own (RFC 2104, SHA-256). The folder must be the user's, and
closed to others' writing; in CI, where folders travel between machines and people, nothing is kept unless that is asked
for.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal

__all__ = ["ASKED_IN_CI", "Store", "cache_folder", "find_access_of_others", "open_store", "user_folder"]

_MOST_ENTRIES = 20_000
_KEY_BYTES = 32
_MAC_BYTES = hashlib.sha256().digest_size
ASKED_IN_CI = "TAPEPROOF_CACHE_DIR"
"""The variable that asks for a cache in CI by saying where it is to be."""


def cache_folder() -> Path:
    """Return where the gate keeps what it can make again: ``$TAPEPROOF_CACHE_DIR``, else the user's cache folder."""
    chosen = os.environ.get(ASKED_IN_CI)
    return Path(chosen) if chosen else user_folder("XDG_CACHE_HOME", ".cache")


def open_store() -> Store | None:
    """Return the user's store; None where nothing may be kept, which is said if it is a fault of somebody's."""
    if os.environ.get("CI", "").lower() not in {"", "0", "false"} and not os.environ.get(ASKED_IN_CI):
        return None
    try:
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _check(folder, stat.S_IWGRP | stat.S_IWOTH, "writable by others; run chmod go-w on it")
        return Store(folder, _key(user_folder("XDG_STATE_HOME", ".local/state")))
    except _RefusedError as error:
        sys.stderr.write(f"tapeproof: no cache is used, as {error}\n")
    except (OSError, RuntimeError):
        return None  # no home, no place or no right to write: nothing to mend for whoever asks for a verdict
    return None


class _RefusedError(Exception):
    """Something about the cache is not as it must be; the message is the end of a sentence."""


class Store:
    """Entries by kind and name.

    Args:
        folder: Where they are kept.
        key: What their MACs are made with.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self.key = key

    def get(self, kind: str, name: str) -> bytes | None:
        """Return an entry; None when there is none, or when it is not as it was put there."""
        try:
            content = self._path(kind, name).read_bytes()
        except OSError:
            return None
        body = content[_MAC_BYTES:]
        return body if hmac.compare_digest(content[:_MAC_BYTES], self._mac(kind, name, body)) else None

    def put(self, kind: str, name: str, body: bytes) -> None:
        """Keep an entry; a folder that cannot be written to keeps nothing."""
        path = self._path(kind, name)
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True, mode=0o700)
            unfinished = path.with_name(f"{path.name}.{os.getpid()}")
            unfinished.write_bytes(self._mac(kind, name, body) + body)
            unfinished.replace(path)

    def prune(self, kind: str) -> None:
        """Remove the older half of a kind's entries when there are too many."""
        with suppress(OSError):
            entries = list(os.scandir(self.folder / kind))
            if len(entries) > _MOST_ENTRIES:
                entries.sort(key=lambda entry: entry.stat().st_mtime)
                for entry in entries[: len(entries) // 2]:
                    Path(entry.path).unlink(missing_ok=True)

    def _path(self, kind: str, name: str) -> Path:
        return self.folder / kind / hashlib.sha256(name.encode()).hexdigest()

    def _mac(self, kind: str, name: str, body: bytes) -> bytes:
        return hmac.digest(
            self.key, b"\0".join([kind.encode(), hashlib.sha256(name.encode()).digest(), body]), "sha256"
        )


def user_folder(variable: str, usual: str) -> Path:
    """Return the program's folder of one kind in the user's home (XDG Base Directory Specification).

    Args:
        variable: The environment variable that names another place for the kind.
        usual: Where the kind lies in the home otherwise.
    """
    base = os.environ.get(variable)
    return (Path(base) if base else Path.home() / usual) / "tapeproof"


def find_access_of_others(path: Path, forbidden: int) -> Literal["", "owner", "mode"]:
    """Return whether others reach a file or folder: as its owner, or by a permission that is forbidden; empty if not.

    Args:
        path: The file or folder.
        forbidden: Bits of its mode.
    """
    if not hasattr(os, "geteuid"):
        return ""  # Windows: the profile's folders are the user's by their access lists
    status = path.stat()
    if status.st_uid != os.geteuid():
        return "owner"
    return "mode" if status.st_mode & forbidden else ""


def _check(path: Path, forbidden: int, why: str) -> None:
    """Refuse a file or folder that is not the user's own, or that has some permissions.

    Raises:
        _RefusedError: As said.
    """
    access = find_access_of_others(path, forbidden)
    if access == "owner":
        raise _RefusedError(f"{path} belongs to somebody else")
    if access:
        raise _RefusedError(f"{path} is {why}")


def _key(folder: Path) -> bytes:
    """Return the user's key, made on first use.

    Raises:
        _RefusedError: Others can read it, or it is no key.
    """
    path = folder / "cache.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = folder / f"cache.key.{os.getpid()}"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(os.urandom(_KEY_BYTES))
        with suppress(FileExistsError):  # another process was first; its key is as good
            os.link(unfinished, path)
        unfinished.unlink()
    _check(path, stat.S_IRWXG | stat.S_IRWXO, "open to others; remove it, and a new one is made")
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise _RefusedError(f"{path} is no key; remove it, and a new one is made")
    return key
