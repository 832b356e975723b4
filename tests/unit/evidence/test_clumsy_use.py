from __future__ import annotations

import errno
import multiprocessing
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tapeproof.cli import main
from tapeproof.evidence.bundle.errors import FolderHeldError
from tapeproof.evidence.bundle.holding import hold_folder
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collectors import gate
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.session import Request, run_collection
from tests.unit.evidence.collecting import gate_report
from tests.unit.evidence.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

ACCEPT = (
    *("evidence", "accept-risk", "--control", "aws-fsbp:DynamoDB.6", "--owner", "A", "--approver", "B"),
    *("--reason", "r", "--compensating", "c", "--expires"),
)


@pytest.fixture
def project(bare_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: gate_report([]))
    return bare_project


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"<testsuite>", b"<!DOCTYPE x><testsuite/>"])
def test_a_broken_test_report_costs_the_tests_and_nothing_else(
    project: Path, capsys: pytest.CaptureFixture[str], text: bytes
) -> None:
    (project / "broken.xml").write_bytes(text)
    assert main(["evidence", "report", "--no-pdf", "--junit", "broken.xml"]) == 2
    told = capsys.readouterr()
    assert "tests-junit" in told.out
    line = next(line for line in told.err.splitlines() if line.startswith("not collected: tests-junit"))
    assert "broken.xml" in line
    assert "fix:" in line


def test_what_could_not_be_collected_is_said_with_file_and_reason(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "report", "--no-pdf", "--plan", str(project / "nothing.json")]) == 2
    assert "not collected: plan-resources: " in (told := capsys.readouterr().err)
    assert "nothing.json" in told


def test_where_the_gate_could_judge_nothing_no_policy_is_said_not_to_apply(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind: dict[str, Any] = {
        "resource": "",
        "policy": "TP_GATE",
        "verdict": "unknown",
        "front_end": "hcl",
        "file": "dev.tfvars",
        "line": 2,
        "message": "']' is expected here",
    }
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: gate_report([blind]))
    request = Request(output=project / "out", root=project / "stack")
    bundle = write_bundle(run_collection(request, clock=Clock(lambda: NOW)))
    stages = {one["id"]: one["stages"].get("source", {}).get("status") for one in bundle.assessment["policies"]}
    assert stages["TP_DDB_1"] == "not-evaluated"
    item = next(one for one in bundle.assessment["items"] if one["id"] == "source-gate")
    assert item["status"] == "failed"
    text = (bundle.folder / "reports/report.html").read_text()
    assert "dev.tfvars:2" in text


def test_two_runs_in_one_second_do_not_share_a_folder(project: Path) -> None:
    request = Request(output=project / "out", root=project / "stack")
    first, second = (run_collection(request, clock=Clock(lambda: NOW)) for _ in range(2))
    assert first != second
    assert write_bundle(first).zip.is_file()
    assert write_bundle(second).assessment["run"]["id"] == second.name


def test_nobody_else_can_write_a_folder_while_evidence_is_collected_into_it(project: Path) -> None:
    refused = []

    def say(_: str) -> None:
        (folder,) = (project / "out").iterdir()
        with pytest.raises(FolderHeldError) as error, hold_folder(folder):
            pass
        refused.append(error.value.exit_status)

    folder = run_collection(Request(output=project / "out", root=project / "stack"), say=say)
    assert set(refused) == {75}
    with hold_folder(folder):
        pass


@pytest.mark.parametrize("line", ["0", "00", "x", "-1", "9" * 30, "²"])
def test_a_line_that_cannot_be_is_an_error_with_a_way_out(
    bundle: Bundle, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    assert main(["evidence", "show", "--bundle", str(bundle.zip), f"source-gate:{line}"]) == 5
    assert "error: source-gate" in (told := capsys.readouterr().err)
    assert "fix:" in told


@pytest.mark.parametrize("where", ["", "no/such/folder/verify.py"])
def test_a_verifier_that_cannot_be_written_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    assert main(["evidence", "verifier", str(project / where)]) == 5
    told = capsys.readouterr().err
    assert "cannot be written" in told
    assert "fix:" in told


@pytest.mark.parametrize(
    ("option", "value"),
    [("--sample", "-3"), ("--sample", "0"), ("--period-from", "yesterday"), ("--period-from", "2026-13-01")],
)
def test_an_option_that_makes_no_sense_is_a_usage_error(
    project: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    assert main(["evidence", "report", "--no-pdf", option, value]) == 64
    assert option in (told := capsys.readouterr().err)
    assert value in told


@pytest.mark.parametrize("subject", ["x" * 5000, "a\x1b[2J\udcff<b>", "\udcff", "日本", " "])
def test_any_subject_gives_a_bundle(project: Path, capsys: pytest.CaptureFixture[str], subject: str) -> None:
    assert main(["evidence", "report", "--no-pdf", "--subject", subject]) == 0
    assert main(["evidence", "verify"]) == 3
    assert {mark for mark in "".join(capsys.readouterr()) if not mark.isprintable()} == {"\n"}


@pytest.mark.parametrize("option", ["--suffix", "--region"])
def test_a_name_that_cannot_be_printed_is_a_usage_error(project: Path, option: str) -> None:
    assert main(["evidence", "report", "--no-pdf", option, "a\udcff"]) == 64


@pytest.mark.parametrize("option", ["--owner", "--approver", "--reason", "--compensating", "--id"])
@pytest.mark.parametrize("text", ["a\udcff", "a\x1b[2J", "one\x00two"])
def test_an_acceptance_that_cannot_be_printed_is_a_usage_error(project: Path, option: str, text: str) -> None:
    risks = project / "risks.yaml"
    assert main([*ACCEPT, "2027-01-01", "--risks", str(risks), option, text]) == 64
    assert main([*ACCEPT, "2027-01-01", "--risks", str(risks), "--reason", "two\nlines"]) == 0
    assert yaml.safe_load(risks.read_text())["acceptances"][0]["reason"] == "two\nlines"


@pytest.mark.parametrize("other", [["--key", "k.pem"], ["--create-key"]])
def test_two_signers_are_refused_before_anything_is_collected(
    project: Path, capsys: pytest.CaptureFixture[str], other: list[str]
) -> None:
    assert main(["evidence", "report", "--no-pdf", "--kms-key", "alias/x", *other]) == 5
    assert "one signer" in capsys.readouterr().err
    assert not (project / "build").exists()


def test_a_period_that_begins_after_the_run_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "report", "--no-pdf", "--period-from", "2100-01-01"]) == 5
    assert "2100-01-01" in capsys.readouterr().err


def test_the_command_to_verify_can_be_pasted_when_the_folder_has_spaces(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "report", "--no-pdf", "--output", "ü und leer"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("verify"))
    words = shlex.split(line)
    assert (project / words[2]).is_file()
    assert (project / words[3]).is_file()


@pytest.mark.parametrize("before", ["acceptances: []\n", "acceptances:\n", "", "# ours\n", "acceptances: [{id: X}]\n"])
def test_a_file_of_risks_is_still_one_after_an_acceptance(project: Path, before: str) -> None:
    risks = project / "risks.yaml"
    risks.write_text(before)
    assert main([*ACCEPT, "2027-01-01", "--risks", str(risks)]) == 0
    assert main([*ACCEPT, "2027-01-01", "--risks", str(risks)]) == 0
    entries = yaml.safe_load(risks.read_text())["acceptances"]
    assert [one["id"] for one in entries][-2:] == ["RA-2026-001", "RA-2026-002"]
    assert len(entries) == 2 + ("X" in before)
    assert risks.read_text().count("acceptances:") == 1


def test_a_risk_for_a_file_that_cannot_be_written_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ACCEPT, "2027-01-01", "--risks", str(project / "no" / "risks.yaml")]) == 5
    assert "fix:" in capsys.readouterr().err


def test_risks_accepted_at_the_same_time_are_all_on_file(project: Path) -> None:
    risks = project / "risks.yaml"
    jobs = multiprocessing.get_context("fork").Pool(4)
    with jobs:
        done = jobs.map(main, [[*ACCEPT, "2027-01-01", "--risks", str(risks)]] * 8)
    entries = yaml.safe_load(risks.read_text())["acceptances"]
    assert done == [0] * 8
    assert len({one["id"] for one in entries}) == len(entries) == 8


def test_a_previous_bundle_that_cannot_be_one_names_the_way_out(
    project: Path, bundle: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    for previous in (bundle.zip, project / "stack"):
        assert main(["evidence", "report", "--no-pdf", "--previous", str(previous)]) == 5
        assert "fix:" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["collect", "report"])
def test_a_disk_that_is_full_is_an_error_with_the_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "build/evidence/x/results.jsonl")

    monkeypatch.setattr(f"tapeproof.evidence.commands.{command}ing.run_collection", full)
    assert main(["evidence", command, "--output", "elsewhere"]) == 5
    told = capsys.readouterr().err
    assert "build/evidence/x/results.jsonl" in told
    assert "No space left" in told
    assert "fix:" in told
