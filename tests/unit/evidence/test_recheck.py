"""What a bundle may ask for when its sources are judged again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.cli import main
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.recheck import gate_arguments, recheck_bundle
from tapeproof.evidence.verifier.findings import EXIT_UNANCHORED
from tests.unit.evidence.resealing import record_again
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

CHECK = ["tapeproof", "gate", "check"]
AS_JSON = ["--format", "json"]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ([*CHECK, "stack", *AS_JSON], ["stack"]),
        ([*CHECK, ".", *AS_JSON], ["."]),
        ([*CHECK, "..", *AS_JSON], None),
        ([*CHECK, "stack", "--var-file", "stack/a.tfvars", *AS_JSON], ["stack", "--var-file", "stack/a.tfvars"]),
        ([*CHECK, "stack", "--output", "/etc/profile", *AS_JSON], None),
        ([*CHECK, "--output=x", *AS_JSON], None),
        ([*CHECK, "stack", "--var-file", *AS_JSON], None),
        ([*CHECK, "stack", "--var-file", "/etc/passwd", *AS_JSON], None),
        ([*CHECK, "../..", *AS_JSON], None),
        ([*CHECK, *AS_JSON], None),
        (["check", "stack"], None),
        ("check", None),
        ([*CHECK, 1, *AS_JSON], None),
        (None, None),
    ],
)
def test_judging_a_bundle_again_takes_no_command_on_its_word(command: Any, arguments: Any) -> None:  # noqa: ANN401 - any JSON
    assert gate_arguments({"command": command}) == arguments
    assert gate_arguments([command]) is None


def test_judging_a_plan_again_takes_the_bundled_plan_and_no_other(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    command = [*CHECK, "stack", "--plan", "/home/maker/plan.json", *AS_JSON]
    assert gate_arguments({"command": command}, plan) == ["stack", "--plan", str(plan)]
    assert gate_arguments({"command": command}) is None
    twice = [*CHECK, "stack", "--plan", "a", "--plan", "b", *AS_JSON]
    assert gate_arguments({"command": twice}, plan) is None


def test_judging_a_bundle_again_runs_no_program_that_came_with_it(tmp_path: Path) -> None:
    sample = Sample()
    program = b"raise SystemExit('this came with the bundle')\n"
    sample.sources |= dict.fromkeys(["tapeproof/__init__.py", "tapeproof/__main__.py", "policies/command.py"], program)
    found = recheck_bundle(str(sample.bundle(tmp_path / "run").zip))
    assert [one for one in found.differences if one.recorded]


TABLE = """resource "aws_cloudwatch_log_group" "one" {
  name              = "/aws/lambda/one-dev"
  retention_in_days = 7
  tags              = { Note = "AKIAIOSFODNN7EXAMPLE" }
}

provider "aws" {
  region     = "us-east-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab"
}
"""


@pytest.fixture
def reported(bare_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle of a project with a failure and a secret in source."""
    (bare_project / "stack/main.tf").write_text(TABLE)
    assert main(["evidence", "report", "--no-pdf", "--output", "out"]) == 0
    return next((bare_project / "out").glob("*.zip"))


def test_the_gate_agrees_with_what_it_said_though_secrets_were_taken_out(
    reported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = recheck_bundle(str(reported))
    assert found.differences == []
    assert found.judged["source"] > 1
    assert found.hidden
    assert {one.verdict["verdict"] for one in found.hidden} == {"fail"}
    assert main(["evidence", "recheck", str(reported)]) == EXIT_UNANCHORED
    assert "of the gate are the same on the source" in capsys.readouterr().out


def test_a_verdict_of_the_gate_that_the_key_holder_edited_is_named(
    reported: Path, tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = reported.with_suffix("")
    path = "evidence/source-gate/raw/results.jsonl"
    text = (folder / path).read_text()
    edited = re.sub(r'("policy":"TP_LOG_1"[^}]*"verdict":)"fail"', r'\1"pass"', text)
    assert edited != text
    (folder / path).write_text(edited)
    record_again(folder, path)
    forged = write_bundle(folder, signer=KeyFileSigner(key))
    assert verify_bundle(str(forged.zip), Expectations(forged.fingerprint)).word == "VERIFIED"
    assert main(["evidence", "recheck", str(forged.zip), "--fingerprint", forged.fingerprint]) == 1
    told = capsys.readouterr().out
    assert re.search(r"DIFFERS: the gate now gives .*TP_LOG_1.*aws_cloudwatch_log_group.one.*fail", told)
    assert re.search(r"DIFFERS: the bundle records, and the gate does not give .*TP_LOG_1.*pass", told)
