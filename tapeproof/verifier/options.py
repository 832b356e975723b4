"""What a reader brings to a verification: keys, witnesses, pins and limits."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tapeproof.log.note import VerifierKey
    from tapeproof.verifier.folder import Inflate
    from tapeproof.verifier.history import Pin

__all__ = ["Options"]


class Options(NamedTuple):
    """What the reader brings.

    Attributes:
        keys: Verifier keys the reader trusts.
        witnesses: Keys of witnesses whose cosignature anchors a checkpoint.
        quorum: How many of the witnesses must have signed; 0 is all of them.
        pins: Anchors.
        max_age_seconds: How old the newest checkpoint may be.
        as_of: The time the log is judged at, nanoseconds since 1970; None is now.
        own: Whether this program made the export itself, of the stores as they are. Of any other export the manifest
            is the word of whoever is audited: it may raise a finding, and vouches for nothing.
        lines_since: From when on entries must have witness lines, where CloudWatch Logs no longer keeps older ones.
        progress: Told a stage's name and how much of it is done.
        inflate: What inflates the export's large files.
    """

    keys: Sequence[VerifierKey] = ()
    witnesses: Sequence[VerifierKey] = ()
    quorum: int = 0
    pins: Sequence[Pin] = ()
    max_age_seconds: int = 600
    as_of: int | None = None
    own: bool = False
    lines_since: int | None = None
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _all: None
    inflate: Inflate = zlib.decompressobj
