"""Variables get the values that the ``terraform`` binary gives them, whichever of the places set them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.hcl.reader import read
from tests.conformance.gate.engine.oracle import console, terraform_path

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("default", "env", "tfvars", "json", "auto_b", "auto_a", "auto_json")


@pytest.mark.skipif(terraform_path() is None, reason="terraform is not installed")
def test_every_place_wins_over_those_that_terraform_ranks_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One variable for each pair of places that set it: who wins is read off both."""
    pairs = [f"{one}_{other}" for one, other in itertools.combinations(NAMES, 2)]
    setting: dict[str, dict[str, str]] = {name: {} for name in NAMES}
    for one, other in itertools.combinations(NAMES, 2):
        setting[one][f"{one}_{other}"] = one
        setting[other][f"{one}_{other}"] = other
    lines = [
        f'variable "{pair}" {{\n  default = "{"default" if pair in setting["default"] else "none"}"\n}}\n'
        for pair in pairs
    ]
    (tmp_path / "main.tf").write_text("".join(lines), encoding="utf-8")
    files = {
        "tfvars": "terraform.tfvars",
        "json": "terraform.tfvars.json",
        "auto_a": "a.auto.tfvars",
        "auto_b": "b.auto.tfvars",
        "auto_json": "a.auto.tfvars.json",
    }
    for name, file in files.items():
        json = file.endswith(".json")
        rows = [f'"{key}": "{value}"' if json else f'{key} = "{value}"' for key, value in setting[name].items()]
        text = "{" + ", ".join(rows) + "}" if json else "\n".join(rows)
        (tmp_path / file).write_text(text + "\n", encoding="utf-8")
    for key, value in setting["env"].items():
        monkeypatch.setenv(f"TF_VAR_{key}", value)
    mine = {variable.name: variable.value.plain() for variable in read(tmp_path).variables}
    assert [mine[pair] for pair in pairs] == console([f"var.{pair}" for pair in pairs], tmp_path)
