"""Each field case that owes a failure has a repaired twin that passes what it failed: no policy fails everything."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conformance.gate.judged_cases import Judged, find_cases, judge_cases, read_case
from tests.conformance.gate.repairs import REPAIRS
from tests.places import FIELD

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = [case for case in find_cases(FIELD / "gate") if read_case(case)["expected"] == "fail"]

pytestmark = pytest.mark.skipif(not BROKEN, reason="there are no field inputs; name their folder in TAPEPROOF_FIELD")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Judge cases and twins in one run; a twin's name is that of its case and an ending."""
    folder = tmp_path_factory.mktemp("twins")
    roots: list[Path] = []
    for case in BROKEN:
        copies = [folder / case.name, folder / f"{case.name}-repaired"]
        for copy in copies:
            shutil.copytree(case, copy, ignore=shutil.ignore_patterns("case.json"))
        if case.name in REPAIRS:
            REPAIRS[case.name].apply(copies[1])
        roots.extend(copies)
    return judge_cases(roots, tmp_path_factory.mktemp("judged"))


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_repaired_twin_passes_what_the_case_failed(case: Path, judged: Judged) -> None:
    if case.name not in REPAIRS:
        pytest.skip("no repair of this case is written down")
    twin = f"{case.name}-repaired"
    failed = judged.policies[case.name]
    assert failed
    found = {policy: judged.given(twin, policy) for policy in failed}
    assert set(found.values()) <= {"pass", "absent"}, found
    assert "pass" in found.values() or any(verdict == "pass" for name, verdict in _all(judged) if name == twin)


def _all(judged: Judged) -> list[tuple[str, str]]:
    """Return every verdict by root: a root without any would prove nothing."""
    return [(name, verdict) for (name, _), verdicts in judged.verdicts.items() for verdict in verdicts]
