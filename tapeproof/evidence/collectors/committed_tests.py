"""Which tests of a report the commit holds: a result of a test that nobody can read shows nothing."""

from __future__ import annotations

import io
import tarfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from tapeproof.evidence.provenance import git

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["find_strange_tests"]

PYTHON: Final = ".py"
CLASSES_IN_A_FILE: Final = 3
"""How many parts of a class name may be classes inside a file, each in the other."""


def find_strange_tests(top: Path, commit: str, tests: Iterable[str]) -> list[str]:
    """Return the tests that are in no file of a commit, sorted.

    A test is written ``CLASS NAME::NAME`` as JUnit files have them; the class name leads to the file, whatever its
    language. In Python files the function is looked for, too; other languages name their tests freely.

    Args:
        top: The repository's folder.
        commit: The commit's id.
        tests: The tests.
    """
    listed = (git(top, "ls-tree", "-r", "-z", "--name-only", commit) or b"").decode("utf-8", "replace").split("\0")
    by_stem = _index_by_stem([path for path in listed if path])
    files = {test: _file_of(test.partition("::")[0], by_stem) for test in set(tests)}
    texts = _read_files(top, commit, {path for path in files.values() if path.endswith(PYTHON)})
    return sorted(test for test, path in files.items() if not path or not _is_written(test, path, texts))


def _index_by_stem(paths: list[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(PurePosixPath(path).name.partition(".")[0], []).append(path)
    return found


def _file_of(name: str, by_stem: Mapping[str, list[str]]) -> str:
    """Return the committed file that a class name leads to; empty when there is none."""
    parts = [part for part in name.replace("/", ".").split(".") if part]
    for classes in range(min(CLASSES_IN_A_FILE, len(parts))):
        if classes and not parts[-classes][:1].isupper():
            break
        wanted = parts[: len(parts) - classes]
        for path in by_stem.get(wanted[-1], ()):
            folders = [*PurePosixPath(path).parent.parts, wanted[-1]]
            if folders[-len(wanted) :] == wanted:
                return path
    return ""


def _read_files(top: Path, commit: str, paths: set[str]) -> Mapping[str, bytes]:
    data = git(top, "archive", "--format=tar", commit, "--", *sorted(paths)) if paths else None
    if not data:
        return {}
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        opened = [(one.name, archive.extractfile(one)) for one in archive if one.isfile()]
        return {name: stream.read() for name, stream in opened if stream is not None}


def _is_written(test: str, path: str, texts: Mapping[str, bytes]) -> bool:
    if not path.endswith(PYTHON):
        return True
    function = test.partition("::")[2].partition("[")[0]
    return b"def " + function.encode("utf-8") + b"(" in texts.get(path, b"")
