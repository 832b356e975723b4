from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.places import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def vectors() -> Path:
    folder = SHARED / "vectors"
    if not folder.is_dir():
        pytest.skip(f"other people's vectors are not beside the project ({folder})")
    return folder


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """Counts vectors; the totals are reported with the test run's output as ``vectors: …`` properties."""
    counts: Counter[str] = Counter()
    yield counts
    for name, number in counts.items():
        request.node.user_properties.append(("vectors", f"{name}: {number}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    totals: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in (
                getattr(report, "user_properties", ()) if getattr(report, "when", "") == "teardown" else ()
            ):
                if name == "vectors":
                    kind, _, number = value.rpartition(": ")
                    totals[kind] += int(number)
    if totals:
        terminalreporter.section("conformance vectors")
        for kind, number in sorted(totals.items()):
            terminalreporter.write_line(f"{kind}: {number}")
