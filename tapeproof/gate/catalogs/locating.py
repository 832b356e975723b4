"""Where the policies of a project lie: the gate's own, and those of the catalogues that its settings name."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.catalogs.digest import catalog_digest, holds_code
from tapeproof.gate.catalogs.fetching import fetch_git, unpack_wheel
from tapeproof.gate.catalogs.trust import TRUSTED, is_trusted
from tapeproof.gate.engine.boundary import OUTSIDE, boundary_of
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.store import cache_folder, find_access_of_others

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.gate.engine.catalog_source import CatalogSource

__all__ = ["Located", "locate", "locate_pinned"]


class Located(NamedTuple):
    """A catalogue that is here.

    Attributes:
        source: Where it comes from.
        folder: Where it lies.
        digest: Of its files, as they are now.
        code: Whether it holds rules that are run.
    """

    source: CatalogSource
    folder: Path
    digest: str
    code: bool


def locate(source: CatalogSource, *, fetching: bool = False) -> Located:
    """Return a catalogue as it lies here, pinned or not.

    Args:
        source: Where it comes from.
        fetching: Whether git may be asked for it.

    Raises:
        GateError: It is not here, or is no catalogue.
    """
    folder = Path(source.where)
    if source.kind != "git" and not boundary_of((Path(),)).holds(folder):
        raise CannotJudgeError(f"{source}: {OUTSIDE}", fix="name a folder or a file of the repository")
    if source.kind == "wheel":
        folder = _kept(source, _digest_file(folder))
        if not folder.is_dir():
            unpack_wheel(source, folder)
    if source.kind == "git":
        folder = _kept(source, source.revision)
        if not folder.is_dir():
            if not fetching:
                fix = "run `tapeproof gate catalogs --fetch`; the gate asks no network by itself"
                raise CannotJudgeError(f"{source}: the catalogue is not here", fix=fix)
            fetch_git(source, folder)
    return Located(source, folder, catalog_digest(folder), holds_code(folder))


def locate_pinned(sources: Iterable[CatalogSource]) -> tuple[Located, ...]:
    """Return catalogues that are as their digests say, and whose code the user lets run.

    Raises:
        GateError: One is not here, not pinned, another than was pinned, or code that nobody trusts.
    """
    listed = tuple(locate(source) for source in sources)
    for one in listed:
        if not one.source.digest:
            fix = f"look at it, then pin it: digest: {one.digest}"
            raise CannotJudgeError(f"{one.source}: the catalogue is not pinned", fix=fix)
        if one.digest != one.source.digest:
            raise CannotJudgeError(
                f"{one.source}: the catalogue is another than the pinned one",
                why=f"expected {one.source.digest}, got {one.digest}",
                fix="look at what changed, then pin the new digest",
            )
        if one.code and not is_trusted(one.digest):
            raise CannotJudgeError(
                f"{one.source}: the catalogue is code, which runs with your rights, and nobody here trusts it",
                fix=f"read it, then run `tapeproof gate catalogs --trust`; in CI, set {TRUSTED}={one.digest}",
            )
    return listed


def _kept(source: CatalogSource, state: str) -> Path:
    """Return where what is unpacked or fetched is kept, by everything that it depends on."""
    name = f"{source.kind}\n{source.where}\n{source.folder}\n{state}"
    folder = cache_folder().absolute() / "catalogs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in (folder, folder.parent):
        _refuse_shared(one)
    return folder / hashlib.sha256(name.encode()).hexdigest()


def _refuse_shared(folder: Path) -> None:
    """Refuse a folder in which somebody else could change code between our look at it and its run."""
    if find_access_of_others(folder, stat.S_IWGRP | stat.S_IWOTH):
        raise CannotJudgeError(
            f"{folder}: others can write there, so no catalogue is run from it", fix="run chmod go-w on it"
        )


def _digest_file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise CannotJudgeError(f"{path}: the wheel cannot be read: {error.strerror}") from error
