"""Where a catalogue of policies comes from, as ``catalogs`` in ``.tapeproof.yaml`` says.

catalogs:
  - path: platform/policies
    digest: sha256:6b86…
  - git: https://git.example.com/platform/policies.git
    revision: 5f1c2…                # the whole hash of a commit
    folder: policies                # inside the repository or the wheel; its root when absent
    digest: sha256:d473…
  - wheel: vendor/acme_policies-1.4.0-py3-none-any.whl
    folder: acme_policies
    digest: sha256:4e07…
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from tapeproof.gate.engine.record import record

__all__ = ["CatalogSource", "parse_source"]

_KINDS = ("path", "git", "wheel")
_KEYS = {"digest", "folder", "revision", *_KINDS}
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_URL = re.compile(r"(https|ssh|file)://\S+|\w[\w.-]*@\w[\w.-]+:\S+")
"""Transports of git that run nothing on this machine."""


@record(slots=False)
class CatalogSource:
    """Where a catalogue comes from.

    Attributes:
        kind: ``path``, ``git`` or ``wheel``.
        where: A path from the working directory, or git's address.
        revision: The commit, of git's.
        folder: The folder inside a repository or wheel.
        digest: What the catalogue's files must have; empty while it is not pinned.
    """

    kind: str
    where: str
    revision: str = ""
    folder: str = ""
    digest: str = ""

    def __str__(self) -> str:
        """Return how people find it again."""
        inside = f", folder {self.folder}" if self.folder else ""
        return f"{self.where}{f' at {self.revision[:12]}' if self.revision else ''}{inside}"


def parse_source(entry: object, base: Path) -> CatalogSource:
    """Return one entry of ``catalogs``.

    Args:
        entry: YAML of any shape.
        base: The folder that the settings lie in.

    Raises:
        ValueError: It is not as it should be.
    """
    if not isinstance(entry, dict) or entry.keys() - _KEYS or sum(kind in entry for kind in _KINDS) != 1:
        raise ValueError("each of catalogs takes one of path, git and wheel, and digest")
    kind = next(kind for kind in _KINDS if kind in entry)
    where, folder = str(entry[kind]), str(entry.get("folder") or "")
    revision, digest = str(entry.get("revision") or ""), str(entry.get("digest") or "")
    if kind == "path" and folder:
        raise ValueError(f"catalogs, {where}: folder is for git and wheel; put it into path")
    if PurePosixPath(folder).is_absolute() or ".." in PurePosixPath(folder).parts:
        raise ValueError(f"catalogs, {where}: folder must lie inside, got {folder!r}")
    if digest and not _DIGEST.fullmatch(digest):
        raise ValueError(f"catalogs, {where}: expected a digest such as sha256:6b86…, 64 digits, got {digest!r}")
    if kind != "git":
        if revision:
            raise ValueError(f"catalogs, {where}: revision is for git")
        return CatalogSource(kind, str(base / where), "", folder, digest)
    if not _URL.fullmatch(where):
        raise ValueError(f"catalogs, {where}: expected an address that begins with https://, ssh:// or file://")
    if not _COMMIT.fullmatch(revision):
        raise ValueError(f"catalogs, {where}: expected the whole hash of a commit as revision, got {revision!r}")
    return CatalogSource(kind, where, revision, folder, digest)
