"""What somebody names is used, or it is said loudly that it was not; nothing that was named is left out in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.evidence.collectors import gate
from tests.unit.evidence.collecting import gate_report

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

REPORT = ("evidence", "report", "--no-pdf")


@pytest.fixture
def project(bare_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    finding = {"resource": "aws_x.y", "policy": "TP_DDB_1", "verdict": "pass", "front_end": "hcl"}
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: gate_report([finding]))
    return bare_project


@pytest.mark.parametrize(
    ("option", "item", "policy"),
    [
        ("--plan", "plan-resources", "TP_DDB_1"),
        ("--junit", "tests-junit", "EV_TST_1"),
        ("--risks", "exceptions", "EV_EXC_1"),
        ("--audit-export", "audit-log", "EV_AUD_1"),
        ("--outputs", "audit-log", "EV_AUD_1"),
        ("--pin", "audit-log", "EV_AUD_1"),
        ("--vkey", "audit-log", "EV_AUD_1"),
        ("--seed", "audit-log", "EV_AUD_1"),
    ],
)
def test_what_is_named_and_not_there_is_not_evaluated_and_the_status_says_so(
    project: Path, capsys: pytest.CaptureFixture[str], option: str, item: str, policy: str
) -> None:
    assert main([*REPORT, option, "absent"]) == 2
    told = capsys.readouterr()
    assert f"INCOMPLETE: the bundle was written without {item}" in told.err
    line = next(line for line in told.err.splitlines() if line.startswith(f"not collected: {item}"))
    assert "fix:" in line
    (path,) = (project / "build/evidence").glob("*/assessment.json")
    assessment = json.loads(path.read_bytes())
    (found,) = (one for one in assessment["policies"] if one["id"] == policy)
    assert "not-evaluated" in {stage["status"] for stage in found["stages"].values()}
    assert found["effects"]["implemented"] != "pass"


def test_what_nobody_named_costs_no_status(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*REPORT]) == 0
    assert main(["evidence", "collect"]) == 0
    assert "INCOMPLETE" not in capsys.readouterr().err
    assert main(["evidence", "collect", "--plan", "absent.json"]) == 2


@pytest.mark.parametrize("document", [{"planned_values": []}, {"planned_values": {"root_module": 1}}, {"values": {}}])
def test_a_plan_of_another_shape_is_said_to_be_none(
    project: Path, capsys: pytest.CaptureFixture[str], document: dict[str, object]
) -> None:
    (project / "plan.json").write_text(json.dumps({"format_version": "1.2", **document}))
    assert main([*REPORT, "--plan", "plan.json"]) == 2
    line = next(line for line in capsys.readouterr().err.splitlines() if "not collected: plan-resources" in line)
    assert "plan.json" in line
    assert "terraform show -json" in line


@pytest.mark.parametrize("values", ["[5]", '{"root_module": {"resources": [{"mode": "managed"}]}}', "7"])
def test_a_state_that_is_none_or_that_nothing_needs_is_refused_before_the_account_is_asked(
    project: Path, capsys: pytest.CaptureFixture[str], values: str
) -> None:
    (project / "state.json").write_text(f'{{"format_version": "1.0", "values": {values}}}')
    assert main([*REPORT, "--state", "state.json"]) == 5
    assert "--live" in capsys.readouterr().err
    assert main([*REPORT, "--live", "--state", "state.json"]) == 5
    assert "state.json is not shaped as terraform show -json writes it" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--plan", "p.json"], ["--live"], ["--pin", "x"], ["--junit", "x", "--seed", "s"]])
def test_sources_beside_evidence_that_was_collected_before_are_refused(
    project: Path, capsys: pytest.CaptureFixture[str], option: list[str]
) -> None:
    assert main([*REPORT, "--from", "build/evidence", *option]) == 5
    assert all(one in capsys.readouterr().err for one in [option[0]])


@pytest.mark.parametrize(
    ("named", "told"),
    [
        (("--public-key", b""), "not a PEM file"),
        (
            ("--public-key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
            "neither Ed25519 nor P-256",
        ),
        (("--public-key", None), "cannot be read"),
        (("--previous", None), "there is no such folder or file"),
        (("--previous", b"not a zip"), "not a readable zip file"),
    ],
)
def test_a_key_or_a_previous_bundle_that_is_none_says_nothing_about_this_bundle(
    bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], named: tuple[str, bytes | None], told: str
) -> None:
    option, content = named
    path = tmp_path / "named"
    if content is not None:
        path.write_bytes(content)
    arguments = ["evidence", "verify", str(bundle.zip), "--fingerprint", bundle.fingerprint]
    assert main(arguments) == 0
    capsys.readouterr()
    assert main([*arguments, option, str(path)]) == 5
    shown = capsys.readouterr()
    assert told in shown.err
    assert str(path) in shown.err
    assert "TAMPERED" not in shown.out


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("yesterday", 64),
        ("2026-13-01", 64),
        ("2026-1-1", 64),
        ("2026-11-23T11:30:00+02:00", 64),
        ("2026-11-23", 0),
        ("2026-11-23T09:30:00Z", 0),
        ("2026-11-24", 1),
    ],
)
def test_a_time_that_is_none_is_a_usage_error_and_not_a_finding(bundle: Bundle, moment: str, status: int) -> None:
    arguments = ["evidence", "verify", str(bundle.zip), "--fingerprint", bundle.fingerprint]
    assert main([*arguments, "--after", moment]) == status
