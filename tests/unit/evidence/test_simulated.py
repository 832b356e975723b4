"""What an emulator shows is told where there was one, and nowhere else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.command import render_outcome
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.verifier.counting import flat_counts
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("simulated", [False, True])
def test_summaries_have_a_row_of_what_an_emulator_shows_only_where_one_was_asked(
    tmp_path: Path, *, simulated: bool
) -> None:
    sample = Sample()
    sample.simulated = simulated
    folder = sample.bundle(tmp_path / "run").folder
    outcome = verify_bundle(str(folder), Expectations())
    rows = re.findall(r'<th scope="row">Simulated \(emulator\)', (folder / "reports/report.html").read_text())
    counts = flat_counts(json.loads((folder / "assessment.json").read_bytes()))
    counted = [name for name in counts if "simulated" in name]
    lines = [line for line in render_outcome(outcome, "x").splitlines() if "simulated" in line]
    assert [bool(found) for found in (rows, counted, lines)] == [simulated] * 3


@pytest.mark.parametrize(("simulated", "status"), [(False, "not-applicable"), (True, "not-evaluated")])
def test_a_control_without_a_policy_is_not_evaluated_wherever_anything_was(
    tmp_path: Path, *, simulated: bool, status: str
) -> None:
    sample = Sample()
    sample.simulated = simulated
    assessment = sample.bundle(tmp_path / "run").assessment
    unmapped = [one["effects"] for one in assessment["controls"] if not one["policies"]]
    gap = dict.fromkeys(("design", "implemented", "operating"), "not-evaluated")
    gap["recorded"] = "not-applicable"
    assert unmapped
    assert all(effects == {**gap, "simulated": status} for effects in unmapped)
