"""A plan without an account: the real provider plans against an embedded AWS that only this plan has."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.local.errors import LocalStackError
from tapeproof.local.planning import plan_stack
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

PROD = PROJECT / "stack/environments/prod.tfvars"


@pytest.mark.embedded_aws
def test_a_plan_of_production_passes_the_gate_and_is_for_its_owner_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "build" / "plan.json"
    planned = plan_stack(document, variables=PROD)
    plan = json.loads(document.read_bytes())
    assert planned == len([one for one in plan["resource_changes"] if one["change"]["actions"] == ["create"]]) > 100
    assert stat.S_IMODE(document.stat().st_mode) == 0o600
    monkeypatch.chdir(PROJECT)
    assert main(["gate", "check", "stack", "--plan", str(document)]) == 0, capsys.readouterr().out


def test_a_file_of_variables_that_is_not_there_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(LocalStackError, match=r"nowhere\.tfvars: no such file of variables"):
        plan_stack(tmp_path / "plan.json", variables=tmp_path / "nowhere.tfvars")
    assert list(tmp_path.iterdir()) == []
