"""Where tiles live: a bucket or a folder. Both answer ``get`` and take ``put``; the path is the object's key."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Bucket", "Folder", "Objects", "read_bounded", "read_regular"]

MAX_OBJECT_BYTES = 256 * 65_537
"""An entry bundle of 256 of the longest entries, each with its length."""

_BINARY, _TEXT = "application/octet-stream", "text/plain; charset=utf-8"
_LOST = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
_WAIT_FOR_NOBODY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened that may be a pipe, which is found out afterwards; Windows knows none of the first two."""
_PIECE = 1 << 16
_ABSENT = frozenset({"NoSuchKey", "404", "NotFound"})


class Objects(Protocol):
    """A place for tiles."""

    def get(self, path: str) -> bytes | None:
        """Return the bytes at a path, or None when there is nothing."""
        ...

    def put(self, path: str, data: bytes) -> None:
        """Store bytes at a path."""
        ...

    def swap(self, path: str, old: bytes | None, data: bytes) -> bool:
        """Replace what is at a path if it is still ``old``; return whether it was."""
        ...


class Bucket:
    """An S3 bucket.

    Args:
        client: boto3's S3 client.
        name: The bucket's name.
    """

    def __init__(self, client: Any, name: str) -> None:  # noqa: ANN401 - boto3's client, or a stand-in
        self._client, self._name = client, name
        self._tags: dict[str, str] = {}

    def get(self, path: str) -> bytes | None:
        """Return the bytes of an object, or None without one; of one that is too long, the beginning."""
        try:
            answer = self._client.get_object(Bucket=self._name, Key=path)
        except Exception as error:
            if _code(error) in _ABSENT:
                return None
            raise
        self._tags[path] = answer.get("ETag", "")
        data: bytes = answer["Body"].read(MAX_OBJECT_BYTES + 1)
        return data

    def put(self, path: str, data: bytes) -> None:
        """Store an object."""
        kind = _BINARY if path.startswith("tile/") else _TEXT
        self._client.put_object(Bucket=self._name, Key=path, Body=data, ContentType=kind)

    def swap(self, path: str, old: bytes | None, data: bytes) -> bool:
        """Replace an object if it is still the one that ``get`` returned last."""
        condition = {"IfNoneMatch": "*"} if old is None else {"IfMatch": self._tags[path]}
        try:
            self._client.put_object(Bucket=self._name, Key=path, Body=data, ContentType=_TEXT, **condition)
        except Exception as error:
            if _code(error) in _LOST:
                return False
            raise
        return True


class Folder:
    """A folder on disk; files appear whole or not at all.

    Args:
        root: The folder that holds ``checkpoint`` and ``tile``.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, path: str) -> bytes | None:
        """Return a file's bytes, or None when there is no such file."""
        return read_regular(self._root / path, MAX_OBJECT_BYTES)

    def put(self, path: str, data: bytes) -> None:
        """Write a file."""
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(target)

    def swap(self, path: str, old: bytes | None, data: bytes) -> bool:
        """Replace a file if its content is still ``old``."""
        if self.get(path) != old:
            return False
        self.put(path, data)
        return True


def read_regular(path: Path | str, most: int) -> bytes | None:
    """Return what a regular file holds, and nothing of pipes and devices, which may never end.

    Args:
        path: The file.
        most: How many bytes it may have; of a longer one, one byte more is returned.
    """
    try:
        number = os.open(path, os.O_RDONLY | _WAIT_FOR_NOBODY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:  # links that lead to each other
            return None
        raise
    try:
        return _read(number, most + 1) if stat.S_ISREG(os.fstat(number).st_mode) else None
    finally:
        os.close(number)


def _read(number: int, most: int) -> bytes:
    """Return what an open file holds up to a length: for small files a file object would cost more than its reading."""
    pieces = []
    while most and (piece := os.read(number, min(most, _PIECE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def read_bounded(path: Path, most: int) -> bytes:
    """Return what a file holds that somebody names, which may be a pipe.

    Args:
        path: The file.
        most: How many bytes it may have.

    Raises:
        ValueError: It has more.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"it has more than {most:,} bytes")
    return data


def _code(error: Exception) -> str:
    return str(getattr(error, "response", {}).get("Error", {}).get("Code", ""))
