"""Test reports as evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tapeproof.evidence.collectors.committed_tests import find_strange_tests
from tapeproof.evidence.collectors.source import repository_of
from tapeproof.evidence.errors import CollectionError, NotGivenError
from tapeproof.evidence.model import Population
from tapeproof.evidence.provenance import iso
from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.junit_evidence import NOT_IN_COMMIT, TEST_POLICY, groups_of_tests
from tapeproof.evidence.verifier.manifest import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tapeproof.evidence.collection import Context

__all__ = ["TestReportCollector"]

ITEM: Final = "tests-junit"


class TestReportCollector:
    """Collects JUnit files.

    Args:
        paths: The files; none means that no tests were reported.
    """

    __test__ = False
    name = "tests"

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def collect(self, context: Context) -> None:
        """Collect one item, ``tests-junit``."""
        with context.item(
            ITEM,
            "Results of the tests",
            collector="tests",
            stage="tests",
            judge="junit",
            asserts=[TEST_POLICY],
        ) as out:
            if not self._paths:
                raise NotGivenError("test report", fix="run the tests, then name the report with --junit")
            taken: dict[str, Path] = {}
            for path in sorted(self._paths):
                name = next(one for one in _names(path) if one not in taken)
                taken[name] = path
                out.write_xml(f"raw/{name}", _read(path))
            found = _check(context.workspace.folder, taken)
            repository = repository_of(context.root)
            if repository:
                strange = find_strange_tests(*repository, found)
                out.document(NOT_IN_COMMIT, {"commit": repository[1], "tests": strange})
            out.item.judged = out.item.raw[0].path
            out.item.as_of = max(_read_modification_time(path) for path in self._paths)
            out.item.source = {"kind": "file", "paths": [path.name for path in sorted(self._paths)]}
            out.item.population = Population("JUnit files given", len(self._paths), "files")


def _names(path: Path) -> list[str]:
    stem = path.stem.replace(" ", "-") or "junit"
    return [f"{stem}.xml", *(f"{stem}-{number}.xml" for number in range(2, 1000))]


def _check(folder: Path, taken: Mapping[str, Path]) -> list[str]:
    """Read what was written as it will be judged, and return the tests in it.

    One file that nobody can read must not stop the whole report.
    """
    found: list[str] = []
    for name, path in taken.items():
        where = f"evidence/{ITEM}/raw/{name}"
        contents = Contents(Folder(str(folder)), {where: Entry((folder / where).stat().st_size, "")})
        try:
            groups = groups_of_tests(contents.read(where), where)
        except Unusable as error:
            fix = "run the tests to their end, or leave that file out"
            raise CollectionError(f"{path} is no test report", why=error.finding.message, fix=fix) from error
        found += [test for outcomes in groups.values() for test, _ in outcomes]
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CollectionError(f"{path} cannot be read", why=str(error), fix="run the tests first") from error


def _read_modification_time(path: Path) -> str:
    return iso(datetime.fromtimestamp(path.stat().st_mtime, UTC))
