"""A verdict does not hang on how a root is written: a case in a module, in JSON or with its literals in locals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import pytest

from tests.conformance.gate.judged_cases import Judged, find_cases, judge_cases, read_case
from tests.conformance.gate.routes import ROUTES, copy_otherwise
from tests.effort import SOAKING
from tests.places import FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = [*find_cases(FIELD / "gate"), *find_cases(Path(__file__).parent / "reports")]


class Twins(NamedTuple):
    """How each case was written otherwise, and the verdicts on both."""

    ways: dict[tuple[Path, int], str]
    judged: Judged


def turns(case: Path) -> Iterator[int]:
    """Yield the ways to try on a case: one that hangs on nothing but its name, all of them in a soak."""
    yield from range(len(ROUTES)) if SOAKING else (crc32(case.name.encode()) % len(ROUTES),)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    folder = tmp_path_factory.mktemp("routes")
    ways: dict[tuple[Path, int], str] = {}
    for case in CASES:
        for turn in turns(case):
            way = copy_otherwise(case, folder / f"{case.name}-{turn}", turn)
            if way:
                ways[case, turn] = way
    roots = [*CASES, *(folder / f"{case.name}-{turn}" for case, turn in ways)]
    return Twins(ways, judge_cases(roots, tmp_path_factory.mktemp("judged")))


def test_each_case_gets_the_same_verdict_however_it_is_written(twins: Twins) -> None:
    differing = []
    for (case, turn), way in twins.ways.items():
        policy = read_case(case)["policy"]
        before, after = (twins.judged.given(name, policy) for name in (case.name, f"{case.name}-{turn}"))
        if before != after and {before, after} != {"pass", "absent"}:
            differing.append(f"{case.name} {way}: {policy} {before} -> {after}")
    assert not differing
    assert len(twins.ways) > len(CASES) // 2
    assert set(twins.ways.values()) == {route.__name__ for route in ROUTES}
