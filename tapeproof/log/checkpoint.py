"""Checkpoints: a log's size and root as a signed note (C2SP ``tlog-checkpoint``)."""

from __future__ import annotations

import base64
import re
from typing import NamedTuple

from tapeproof.log.note import Note, NoteError, VerifierKey, parse_note

__all__ = ["Checkpoint", "open_checkpoint", "parse_checkpoint"]

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_LINES = 3


class Checkpoint(NamedTuple):
    """What a log commits to.

    Attributes:
        origin: The log's identity.
        size: Number of leaves.
        root: RFC 6962 root of the tree of that size.
        extensions: Further lines; this log writes none.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the note text."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint note.

    Raises:
        NoteError: The text is not a checkpoint.
    """
    lines = text.split("\n")
    if len(lines) < _LINES + 1 or lines.pop() or not all(lines):
        raise NoteError("a checkpoint has at least three lines, none of them empty")
    origin, size, encoded = lines[:_LINES]
    if not _SIZE.fullmatch(size):
        raise NoteError(f"the checkpoint's tree size is {size!r}")
    try:
        root = base64.b64decode(encoded, validate=True)
    except ValueError:
        root = b""
    if len(root) != 32 or base64.b64encode(root).decode() != encoded:  # noqa: PLR2004 - SHA-256
        raise NoteError("the checkpoint's root is not 32 bytes in base64")
    return Checkpoint(origin, int(size), root, tuple(lines[_LINES:]))


def open_checkpoint(data: bytes, keys: list[VerifierKey]) -> tuple[Checkpoint, Note, list[VerifierKey]]:
    """Return a checkpoint with its note and the known keys that signed it.

    Raises:
        NoteError: The bytes are no checkpoint, no known key signed it, or a known key's signature does not verify.
    """
    note = parse_note(data)
    signers = note.signers(keys)
    if not signers:
        names = ", ".join(one.label for one in note.signatures)
        raise NoteError(f"no known key signed the checkpoint; it names {names}")
    return parse_checkpoint(note.text), note, signers
