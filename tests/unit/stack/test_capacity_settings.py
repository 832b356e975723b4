"""The stack takes the settings that `tapeproof ops capacity` prints, and refuses them when they are bent."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tapeproof.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

RUN = """run "%s" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  override_module {
    target = module.observability
    outputs = { alarm_names = [], alarm_topic_arn = "a", dashboard_name = "d", page_topic_arn = "p" }
  }

  variables {
    environment_suffix = "load"
    lambda_zip_path    = "tests/mocks/aws.tfmock.hcl"
%s
  }

  expect_failures = [%s]
}
"""
LOADS = {
    "small": ["--rate", "trade=100", "--rate", "book=100"],
    "large": ["--rate", "trade=2000", "--burst", "trade=6000", "--rate", "quote=20000", "--burst", "quote=50000"],
    "beyond": ["--rate", "book=900000", "--batch", "100", "--rate", "trade=90000", "--busiest-symbol", "1"],
}


def test_the_stack_takes_the_settings_for_every_load(
    terraform: Callable, stack_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "stack"
    shutil.copytree(
        stack_folder, copy, ignore=shutil.ignore_patterns(".terraform", "examples", "local", "*.tftest.hcl")
    )
    runs = ['mock_provider "aws" {\n  override_during = plan\n  source = "./tests/mocks"\n}\n']
    for name, load in LOADS.items():
        assert main(["ops", "capacity", *load, "--json"]) == 0
        settings = "\n".join(json.loads(capsys.readouterr().out)["settings"])
        runs.append(RUN % (name, settings, ""))
        if name == "small":
            runs.append(
                RUN
                % ("bent", settings.replace("provisioned_concurrency = ", "provisioned_concurrency = 9"), "var.routes")
            )
    (copy / "tests" / "capacity.tftest.hcl").write_text("\n".join(runs), encoding="utf-8")
    assert terraform("init", "-input=false", "-backend=false", folder=copy).returncode == 0
    done = terraform("test", "-no-color", folder=copy)
    assert "Success! 4 passed, 0 failed." in done.stdout, done.stdout + done.stderr
