"""Test reports as evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from compliance.bundle.verifier.junit_evidence import TEST_POLICY
from compliance.evidence.errors import CollectionError
from compliance.evidence.model import Population
from compliance.evidence.provenance import iso

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from compliance.evidence.collection import Context

__all__ = ["TestReportCollector"]


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
            "tests-junit",
            "Results of the tests",
            collector="tests",
            stage="tests",
            judge="junit",
            asserts=[TEST_POLICY],
        ) as out:
            if not self._paths:
                raise CollectionError(
                    "no test report was given", fix="run the tests, then name the report with --junit"
                )
            taken: set[str] = set()
            for path in sorted(self._paths):
                name = next(one for one in _names(path) if one not in taken)
                taken.add(name)
                out.text(f"raw/{name}", _read(path), "application/xml")
            out.item.judged = out.item.raw[0].path
            out.item.as_of = max(_modified(path) for path in self._paths)
            out.item.source = {"kind": "file", "paths": [path.name for path in sorted(self._paths)]}
            out.item.population = Population("JUnit files given", len(self._paths), "files")


def _names(path: Path) -> list[str]:
    stem = path.stem.replace(" ", "-") or "junit"
    return [f"{stem}.xml", *(f"{stem}-{number}.xml" for number in range(2, 1000))]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CollectionError(f"{path} cannot be read", why=str(error), fix="run the tests first") from error


def _modified(path: Path) -> str:
    return iso(datetime.fromtimestamp(path.stat().st_mtime, UTC))
