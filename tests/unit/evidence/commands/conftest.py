from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.collectors import gate
from tests.unit.evidence.collecting import gate_report

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(bare_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    failing = {
        "resource": "aws_x.y",
        "policy": "TP_DDB_1",
        "verdict": "fail",
        "front_end": "hcl",
        "message": "no recovery",
    }
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: gate_report([failing]))
    return bare_project
