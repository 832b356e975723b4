"""The few files that a project writes for the gate itself, read as what they are: a stranger's, like all the rest.

Settings, waivers and baseline are read by the process that everything depends on, before any worker with a deadline.
So they are ordinary files of bounded size inside the repository, and YAML in them does not multiply.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.boundary import OUTSIDE, boundary_of
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.states import open_waiting_for_nobody

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LARGEST_YAML", "find_yaml_fault", "read_own_file"]

LARGEST_YAML = 4 * 1024 * 1024
_DEEPEST = 100
_MOST_NODES = 400_000
_MOST_ALIASES = 1_000
_HARMLESS_BYTES = 4096


def read_own_file(path: Path, largest: int) -> bytes | None:
    """Return what a file of the project's own holds; None where there is none.

    Args:
        path: Where it would be.
        largest: Bytes that it may have.

    Raises:
        CannotJudgeError: It is no ordinary file, leads out of the repository, is too large or cannot be read.
    """
    if not os.path.lexists(path):
        return None
    if not boundary_of((path.parent,)).holds(path):
        raise CannotJudgeError(f"{path}: {OUTSIDE}", fix="put the file itself in its place")
    try:
        # A pipe that nobody writes to must not be waited for.
        with open(path, "rb", opener=open_waiting_for_nobody) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise CannotJudgeError(f"{path}: is no ordinary file", fix="put a file in its place, or remove it")
            content = stream.read(largest + 1) if status.st_size <= largest else None
    except OSError as error:
        raise CannotJudgeError(f"{path}: cannot be read: {error.strerror or error}") from error
    if content is None or len(content) > largest:
        raise CannotJudgeError(f"{path}: is larger than {largest:,} bytes", fix="make it anew, or take out what is old")
    return content


def find_yaml_fault(content: bytes) -> str:
    """Return why YAML is not to be composed: it is nested too deeply, or its aliases multiply; empty when it may be.

    Events are counted, which takes no more memory than the text.

    Raises:
        yaml.YAMLError: It is no YAML.
    """
    if len(content) <= _HARMLESS_BYTES and b"&" not in content:
        return ""
    import yaml  # noqa: PLC0415 - most runs read nothing of the kind anew

    sizes = _Sizes()
    for event in yaml.parse(content.decode(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        sizes.count(event)
        if len(sizes.open_nodes) > _DEEPEST:
            return f"it is nested more than {_DEEPEST} deep"
        if sizes.nodes > _MOST_NODES or sizes.aliases > _MOST_ALIASES:
            return f"it has more than {_MOST_ALIASES:,} aliases, or more than {_MOST_NODES:,} values by them"
    return ""


class _Sizes:
    """How many values YAML would be if each alias were what it stands for."""

    def __init__(self) -> None:
        self.nodes = self.aliases = 0
        self.open_nodes: list[tuple[str | None, int]] = []
        self._weights: dict[str, int] = {}

    def count(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no common type
        """Take in one event of the parser."""
        kind, anchor = type(event).__name__, getattr(event, "anchor", None)
        if kind == "AliasEvent":
            self.aliases += 1
            self.nodes += self._weights.get(str(anchor), 1)
        elif kind in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"}:
            self.nodes += 1
            if anchor:
                self._weights[anchor] = 1
            if kind != "ScalarEvent":
                self.open_nodes.append((anchor, self.nodes))
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            anchor, before = self.open_nodes.pop()
            if anchor:
                self._weights[anchor] = self.nodes - before + 1
