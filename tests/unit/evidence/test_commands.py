from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.cli import main
from tapeproof.evidence.collectors import gate
from tests.unit.evidence.samples import Sample
from tests.unit.evidence.test_collectors import _report

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


@pytest.fixture
def project(bare_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    failing = {
        "resource": "aws_x.y",
        "policy": "TP_DDB_1",
        "verdict": "fail",
        "front_end": "hcl",
        "message": "no recovery",
    }
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: _report([failing]))
    return bare_project


def test_report_writes_a_bundle_and_says_how_to_verify_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "report", "--no-pdf", "--create-key", "--key", "key.pem"]) == 0
    told = capsys.readouterr()
    line = next(line for line in told.out.splitlines() if line.startswith("verify"))
    fingerprint = line.rsplit(" ", 1)[-1]
    (bundle,) = (project / "build/evidence").glob("*.zip")
    assert main(["evidence", "verify", str(bundle), "--fingerprint", fingerprint]) == 0
    assert main(["evidence", "verify", str(bundle)]) == 3
    assert main(["evidence", "verify", str(bundle), "--fingerprint", f"sha256:{'00' * 32}"]) == 1
    assert "no plan was given" not in told.out
    assert "not collected: plan-resources, tests-junit" in told.out


def test_strict_turns_a_failure_into_an_exit_status(project: Path) -> None:
    assert main(["evidence", "report", "--no-pdf", "--strict"]) == 1
    assert main(["evidence", "collect", "--strict"]) == 2
    assert main(["evidence", "collect"]) == 0


def test_collect_and_report_can_be_two_steps(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "collect"]) == 0
    folder = capsys.readouterr().out.strip().splitlines()[-1]
    assert main(["evidence", "report", "--no-pdf", "--from", folder]) == 0
    assert "UNSIGNED" in capsys.readouterr().out


def test_report_from_a_folder_without_evidence_is_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "report", "--from", str(project), "--no-pdf"]) == 5
    assert "holds no collected evidence" in capsys.readouterr().err


def test_accepting_a_risk_puts_it_on_file_and_into_the_next_report(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["evidence", "accept-risk", "--policy", "TP_DDB_1", "--owner", "Platform", "--approver", "Risk"]
    arguments += ["--reason", "a test", "--compensating", "exports", "--expires"]
    assert main([*arguments, "2027-06-01"]) == 0
    assert main([*arguments, "2030-06-01"]) == 5
    assert "longer than 366 days" in capsys.readouterr().err
    assert main(["evidence", "report", "--no-pdf"]) == 0
    (path,) = (project / "build/evidence").glob("*/assessment.json")
    assessment = json.loads(path.read_bytes())
    policy = next(one for one in assessment["policies"] if one["id"] == "TP_DDB_1")
    assert (policy["effects"]["design"], policy["accepted"]) == ("fail", ["RA-2026-001"])


@pytest.mark.parametrize(
    ("subject", "told"),
    [(["--policy", "TP_NO_1"], "there is no policy TP_NO_1"), (["--control", "aws-fsbp:No.1"], "aws-fsbp:DynamoDB.6")],
)
def test_a_risk_about_nothing_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], subject: list[str], told: str
) -> None:
    rest = ["--owner", "a", "--approver", "b", "--reason", "c", "--compensating", "d", "--expires", "2027-06-01"]
    assert main(["evidence", "accept-risk", *subject, *rest]) == 5
    assert told in capsys.readouterr().err


def test_diff_names_what_changed_and_says_when_nothing_did(bundle: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "diff", str(bundle.zip), str(bundle.folder)]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_diff_of_something_that_does_not_verify_is_an_error(
    bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.zip").write_bytes(b"x")
    assert main(["evidence", "diff", str(bundle.zip), str(tmp_path / "x.zip")]) == 5
    assert "does not verify" in capsys.readouterr().err


def test_show_prints_an_item_and_one_line_of_it(bundle: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    def shown(item: str) -> Any:  # noqa: ANN401 - any JSON
        assert main(["evidence", "show", item, "--bundle", str(bundle.zip)]) == 0
        return json.loads(capsys.readouterr().out)

    assert shown("live-dynamodb")["stage"] == "live"
    assert shown("live-dynamodb:1")["resource"] == "aws_dynamodb_table.market"


@pytest.mark.parametrize("item", ["absent", "live-dynamodb:99", "live-dynamodb:x", "../run"])
def test_show_of_nothing_is_an_error_with_a_way_out(
    bundle: Bundle, capsys: pytest.CaptureFixture[str], item: str
) -> None:
    assert main(["evidence", "show", item, "--bundle", str(bundle.zip)]) == 5
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("item", [True, 5, [], "x", {}, {"judged": 5}, {"judged": None}])
def test_show_of_a_line_of_an_item_that_is_none_is_an_error(
    bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], item: object
) -> None:
    folder = shutil.copytree(bundle.folder, tmp_path / "run")
    (folder / "evidence/live-sqs/item.json").write_text(json.dumps(item))
    assert main(["evidence", "show", "live-sqs:1", "--bundle", str(folder)]) == 5
    assert "fix:" in capsys.readouterr().err


STEERING = "aws_x.y\x1b[2J\x9b31m\u202e"


def test_what_a_bundle_holds_cannot_steer_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, sample = Sample().bundle(tmp_path / "a"), Sample()
    sample.gate += [{**sample.gate[0], "policy": "TP_DDB_1", "resource": STEERING, "verdict": "fail"}]
    sample.failing, sample.secrets = {"sqs"}, ()
    after = sample.bundle(tmp_path / "b")
    number = len((after.folder / "evidence/source-gate/raw/results.jsonl").read_bytes().splitlines())
    lines = range(1, number + 1)
    assert main(["evidence", "diff", str(before.zip), str(after.zip)]) == 1
    assert main(["evidence", "diff", str(before.zip), str(after.zip), "--json"]) == 1
    for line in lines:
        assert main(["evidence", "show", f"source-gate:{line}", "--bundle", str(after.zip)]) == 0
    assert main(["evidence", "report", "--no-pdf", "--from", str(after.folder)]) == 2
    record = json.loads((after.folder / "run.json").read_bytes())
    (after.folder / "run.json").write_text(json.dumps({**record, "id": STEERING}))
    assert main(["evidence", "report", "--no-pdf", "--from", str(after.folder)]) == 5
    told = "".join(capsys.readouterr())
    assert "aws_x.y" in told
    assert {mark for mark in told if not mark.isprintable()} == {"\n"}


def test_verify_prints_json_for_programs(bundle: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "verify", str(bundle.zip), "--fingerprint", bundle.fingerprint, "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert (outcome["verdict"], outcome["findings"]) == ("VERIFIED", [])


def test_the_verifier_can_be_had_by_itself(tmp_path: Path, bundle: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "verifier", str(tmp_path / "verify.py")]) == 0
    assert (tmp_path / "verify.py").read_bytes() == (bundle.folder / "verify.py").read_bytes()


def test_an_emulator_that_is_not_there_leaves_live_evidence_not_collected(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    endpoint = ["--endpoint-url", "http://127.0.0.1:9"]
    assert main(["evidence", "report", "--no-pdf", "--live", "--suffix", "dev", *endpoint]) == 2
    assert "live-dynamodb" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("browser", "told"), [("/nowhere/browser", "the PDF is left out"), ("", "no browser is at hand")]
)
def test_a_browser_that_is_not_there_or_does_not_print_costs_the_pdf_and_nothing_else(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, browser: str, told: str
) -> None:
    monkeypatch.setenv("TAPEPROOF_BROWSER", browser)
    monkeypatch.setenv("PATH", str(project))
    assert main(["evidence", "report"]) == 0
    assert told in capsys.readouterr().err
    (html,) = (project / "build/evidence").glob("*/reports/report.html")
    assert "no PDF was printed" in html.read_text(encoding="utf-8")
    assert not html.with_name("report.pdf").exists()


def report_at(seconds: int, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_795_000_000 + seconds))
    return main(["evidence", "report", "--no-pdf", "--previous", "latest", *more])


def test_the_first_bundle_has_none_before_it_and_the_next_continues_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_at(0, monkeypatch) == 0
    assert "the first bundle of its chain" in capsys.readouterr().err
    for day in (1, 2):
        assert report_at(day * 86_400, monkeypatch) == 0
    runs = sorted(path.parent for path in (project / "build/evidence").glob("*/run.json"))
    assert [(run / "previous.json").exists() for run in runs] == [False, True, True]
    assert json.loads((runs[2] / "previous.json").read_bytes())["as_of"] == "2026-11-19T11:06:40Z"


@pytest.mark.parametrize("other", ["prod-2", "prod", "stack-2"])
def test_a_bundle_about_something_else_is_passed_over(
    other: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_at(0, monkeypatch) == 0
    assert report_at(60, monkeypatch, "--subject", other) == 0
    assert report_at(120, monkeypatch) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "before this one" in line]
    assert [line.rsplit("-", 1)[1] for line in told] == ["stack.zip"]


def test_a_newest_bundle_that_is_damaged_is_refused_and_not_passed_over(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_at(0, monkeypatch) == 0
    (bundle,) = (project / "build/evidence").glob("*.zip")
    bundle.write_bytes(bundle.read_bytes()[:1000])
    assert report_at(60, monkeypatch) == 5
    assert "cannot be the previous bundle" in capsys.readouterr().err
