"""Looks once more for secrets in collected evidence, right before it is signed: what is signed is given away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from tapeproof.evidence.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.evidence.redaction import Redaction, Redactor

__all__ = ["Leak", "find_leaks", "refuse_leaks"]

OF_GIT: Final = "/raw/git/"
"""Objects of git: trees and commits; a commit whose message holds a secret was left out when it was collected."""
PROOFS: Final = ("raw/proofs.jsonl", "raw/checkpoint", "raw/keys.txt")
"""Market data as received and what proves it: a changed byte would break the proof."""
NAMED: Final = 5
"""At most this many leaks are named."""


class Leak(NamedTuple):
    """A secret that is left.

    Attributes:
        path: The file, relative to the folder.
        where: Line, or JSON pointer.
        kind: What it is; never the secret itself.
    """

    path: str
    where: str
    kind: str


def find_leaks(folder: Path, redactor: Redactor) -> Iterator[Leak]:
    """Yield every secret that is left in collected evidence.

    Args:
        folder: What the collectors filled.
        redactor: Knows names, shapes and the values that must not appear.
    """
    for path in sorted(folder.glob("evidence/**/*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and OF_GIT not in name and not name.endswith(PROOFS):
            log: list[Redaction] = []
            _search(path, redactor, log)
            yield from (Leak(name, one.where, one.kind) for one in log)


def refuse_leaks(folder: Path, redactor: Redactor) -> None:
    """Refuse to sign evidence that holds a secret.

    Raises:
        EvidenceError: It does; the file, the place and the kind are named.
    """
    found = list(find_leaks(folder, redactor))
    if found:
        told = "; ".join(f"{one.path} {one.where}: {one.kind}" for one in found[:NAMED])
        more = f"; {len(found) - NAMED} more" if len(found) > NAMED else ""
        fix = "take it out of the source and rotate it, then collect anew"
        raise EvidenceError(f"{folder} is not signed: a secret is left in it", why=f"{told}{more}", fix=fix)


def _search(path: Path, redactor: Redactor, log: list[Redaction]) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    try:
        if path.suffix == ".jsonl":
            for number, line in enumerate(text.splitlines(), 1):
                redactor.json(json.loads(line), path.name, log, f"line {number} ")
            return
        if path.suffix == ".json":
            redactor.json(json.loads(text), path.name, log)
            return
    except ValueError:
        log.clear()
    redactor.text(text, path.name, log)
