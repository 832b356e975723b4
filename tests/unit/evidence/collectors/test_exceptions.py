from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.bundle.writing import write_bundle
from tests.unit.evidence.collecting import collect_into

if TYPE_CHECKING:
    from pathlib import Path


def test_waivers_of_the_gate_become_exceptions(root: Path, tmp_path: Path) -> None:
    exceptions = write_bundle(collect_into(root, tmp_path)).assessment["exceptions"]
    assert [(one["kind"], one["policy"], one["state"]) for one in exceptions] == [("waiver", "TP_DDB_1", "in force")]
