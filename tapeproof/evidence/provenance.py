"""Who collected, with what, and when: the facts that go into every evidence item."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tapeproof.content import PACKAGE, content
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Clock", "clock_of", "from_here", "git", "iso", "operator", "tool_digest", "tool_version"]

GIT_TIMEOUT_SECONDS: Final = 60
SECONDS: Final = re.compile("[0-9]{1,15}")
BRIEF: Final = 40
"""Characters of a value that an error quotes."""


def from_here(path: Path) -> Path:
    """Return a path as it is from the working directory, when it lies below that.

    A bundle then names no folder of its maker's machine, and who judges its sources again finds the same files.
    """
    try:
        return path.resolve().relative_to(Path.cwd().resolve())
    except ValueError:
        return path


class Clock:
    """Tells the time of the run; fixed when ``SOURCE_DATE_EPOCH`` or a test fixes it.

    Args:
        now: Where the time comes from.
    """

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or (lambda: datetime.now(UTC))

    def now(self) -> datetime:
        """Return the time, UTC."""
        return self._now().astimezone(UTC)

    def iso(self) -> str:
        """Return the time as ISO 8601 to the second, UTC."""
        return iso(self.now())


def clock_of(environment: Mapping[str, str] | None = None) -> Clock:
    """Return the clock of an environment: fixed by ``SOURCE_DATE_EPOCH`` (seconds), else the machine's.

    Raises:
        CollectionError: The variable is set and is no such number; going on with another time would not reproduce
            what was asked for (SOURCE_DATE_EPOCH specification 1.1: "malformed").
    """
    epoch = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return Clock()
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if SECONDS.fullmatch(epoch) else None
    except (ValueError, OverflowError, OSError):
        moment = None
    if moment is None:
        why = f"expected seconds since 1970, before the year 10000, got {epoch[:BRIEF]!r}"
        raise CollectionError("SOURCE_DATE_EPOCH cannot be used", why=why, fix="set it to a number, or unset it")
    fixed = moment
    return Clock(lambda: fixed)


def iso(moment: datetime) -> str:
    """Return a moment as ISO 8601 to the second, UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints, or None when the folder is no repository or git is not here."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the git that the engineer uses
            capture_output=True,
            timeout=GIT_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def operator(folder: Path) -> dict[str, str]:
    """Return who runs the collection on this machine, and how that is known; it is a claim, not a proof."""
    name = (git(folder, "config", "user.name") or b"").decode("utf-8", "replace").strip()
    if name:
        return {"who": name, "how": "git config user.name"}
    return {"who": os.environ.get("USER") or f"uid {os.getuid()}", "how": "operating system account"}


@cache
def tool_digest() -> str:
    """Return one SHA-256 over the source files of the program that collects and judges."""
    rooms = {PACKAGE.name: PACKAGE, **{name: content(name) for name in ("policies", "compliance")}}
    files = {
        f"{room}/{path.relative_to(folder).as_posix()}": path
        for room, folder in rooms.items()
        for path in folder.rglob("*")
        if path.suffix in {".py", ".yaml", ".csv"}
    }
    listed = [[name, hashlib.sha256(files[name].read_bytes()).hexdigest()] for name in sorted(files)]
    return "sha256:" + hashlib.sha256(canonical(listed)).hexdigest()


@cache
def tool_version() -> str:
    """Return the installed version."""
    try:
        return metadata.version("tapeproof")
    except metadata.PackageNotFoundError:
        return "uninstalled"
