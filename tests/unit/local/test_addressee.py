"""Whom a command speaks to."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from tapeproof.local.addressee import find_addressee, find_stack
from tapeproof.ops.errors import NoStackError, OperationError
from tapeproof.ops.target import StackOutputs

if TYPE_CHECKING:
    from pathlib import Path


def _outputs(folder: Path) -> Path:
    path = folder / "outputs.json"
    path.write_text(json.dumps({one.name: {"value": one.name} for one in fields(StackOutputs)}))
    return path


def _arguments(folder: Path, **given: object) -> Namespace:
    return Namespace(**{"dir": str(folder), "account": False, "profile": None, "outputs": None, **given})


def test_the_stack_is_that_of_the_folder_that_is_named(tmp_path: Path) -> None:
    assert find_stack(_arguments(tmp_path)).workspace.root == tmp_path


def test_without_an_account_the_stack_on_this_machine_is_meant(tmp_path: Path) -> None:
    with pytest.raises(NoStackError) as refused:
        find_addressee(_arguments(tmp_path))
    assert "tapeproof local up" in refused.value.diagnostics()


@pytest.mark.parametrize("given", [{"account": True}, {"profile": "desk"}])
def test_an_account_needs_the_outputs_of_its_stack(tmp_path: Path, given: dict[str, object]) -> None:
    with pytest.raises(OperationError) as refused:
        find_addressee(_arguments(tmp_path, **given))
    assert "terraform -chdir=stack output -json" in refused.value.diagnostics()


def test_an_account_is_spoken_to_with_the_outputs_that_are_named(tmp_path: Path) -> None:
    target, outputs, runs = find_addressee(_arguments(tmp_path, account=True, outputs=_outputs(tmp_path)))
    assert (target.is_embedded, target.name) == (False, "AWS account")
    assert outputs.event_bus_name == "event_bus_name"
    assert runs == tmp_path / "runs"


def test_a_profile_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(NoStackError, match="nobody"):
        find_addressee(_arguments(tmp_path, profile="nobody", outputs=_outputs(tmp_path)))
