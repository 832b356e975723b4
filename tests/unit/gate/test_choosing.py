"""Which policies are asked where, and that the answer says which are not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tapeproof import cli
from tapeproof.gate.choosing import DEFAULT_PROFILE, policy_ids, profiles
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.policy import catalog

if TYPE_CHECKING:
    from pathlib import Path

GROUP = """
resource "aws_cloudwatch_log_group" "{name}" {{
  name              = "/aws/lambda/{name}"
  retention_in_days = 7
}}
"""


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    for root in ("live", "legacy"):
        (tmp_path / root).mkdir()
        (tmp_path / root / "main.tf").write_text(GROUP.format(name=root))
    return tmp_path


def _settings(folder: Path, **settings: object) -> None:
    (folder / ".tapeproof.yaml").write_text(yaml.safe_dump(settings))


def _answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    status = cli.main(["gate", "check", *arguments, "--format", "json"])
    said = capsys.readouterr()
    assert said.out, said.err
    return status, json.loads(said.out)


def _failed(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["root"], one["policy"]) for one in answer["results"] if one["verdict"] in {"fail", "unknown"}}


def test_ids_are_those_of_the_catalogue() -> None:
    assert policy_ids() == {policy.id for policy in catalog()}


def test_profiles_leave_out_policies_that_are_there_and_say_why() -> None:
    assert DEFAULT_PROFILE in profiles()
    for left_out in profiles().values():
        assert left_out.keys() <= policy_ids()
        assert all(why.strip() for why in left_out.values())


def test_a_profile_asks_fewer_policies_and_the_answer_names_the_others(
    estate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, whole = _answer(capsys)
    _settings(estate, profile="aws-core")
    _, core = _answer(capsys)
    left_out = set(profiles()["aws-core"])
    assert {policy for _, policy in _failed(core)} == {policy for _, policy in _failed(whole)} - left_out
    assert {row["policy"] for row in core["not_asked"]} == left_out
    cli.main(["gate", "check"])
    assert "not asked: TP_REG_1" in capsys.readouterr().out


def test_a_policy_is_off_only_where_the_settings_say_so(estate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _settings(estate, off=[{"policy": "TP_LOG_1", "paths": ["legacy"], "reason": "goes away in March"}])
    _, answer = _answer(capsys)
    assert ("live", "TP_LOG_1") in _failed(answer)
    assert ("legacy", "TP_LOG_1") not in _failed(answer)
    assert answer["not_asked"] == [
        {"policy": "TP_LOG_1", "paths": ["legacy"], "reason": "goes away in March", "results": 1}
    ]


@pytest.mark.parametrize(("fail_on", "status"), [("low", 1), ("medium", 1), ("high", 1), ("critical", 0)])
def test_the_exit_status_counts_from_a_severity_on(
    estate: Path, fail_on: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _settings(estate, fail_on=fail_on)
    got, answer = _answer(capsys, "--policy", "TP_LOG_1")
    assert got == status
    assert answer["counts"]["fail"] == 2


def test_what_could_not_be_judged_counts_whatever_the_severity(
    estate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (estate / "live" / "main.tf").write_text('module "m" {\n  source = "git::https://example.com/m"\n}\n')
    _settings(estate, fail_on="critical")
    assert _answer(capsys, "--policy", "TP_LOG_1")[0] == 2


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"profile": "aws-cor"}, "did you mean aws-core?"),
        ({"off": [{"policy": "TP_LOG_11", "reason": "x"}]}, "did you mean TP_LOG_1"),
        ({"off": [{"policy": "TP_LOG_1", "reason": " "}]}, "expected a reason"),
        ({"off": [{"policy": "TP_LOG_1"}]}, "takes policy, reason"),
        ({"parameters": {"TP_LOG_99": {"minimum_days": 1}}}, "there is no policy TP_LOG_99"),
        ({"fail_on": "urgent"}, "expected one of low, medium, high, critical, got 'urgent'"),
        ({"roots": {"lve": {"var_files": []}}}, "there is no folder lve"),
        ({"rots": {}}, "with some of the keys"),
    ],
)
def test_what_the_settings_cannot_mean_is_refused(
    estate: Path, settings: dict[str, Any], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _settings(estate, **settings)
    assert cli.main(["gate", "check"]) == CannotJudgeError.exit_status
    assert told in capsys.readouterr().err


def test_settings_hold_in_a_folder_below_them(
    estate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (estate / ".git").mkdir()
    (estate / "live" / "main.tf").write_text(
        GROUP.format(name="live").replace("7", "var.days") + 'variable "days" {}\n'
    )
    (estate / "dev.tfvars").write_text("days = 1\n")
    _settings(
        estate,
        roots={"live": {"var_files": ["dev.tfvars"]}},
        off=[{"policy": "TP_LOG_3", "paths": ["live"], "reason": "no key yet"}],
    )
    monkeypatch.chdir(estate / "live")
    _, answer = _answer(capsys)
    (judged,) = [one for one in answer["results"] if one["policy"] == "TP_LOG_1" and one["verdict"] != "pass"]
    assert (judged["verdict"], judged["observed"]) == ("fail", "1")
    assert (".", "TP_LOG_3") not in _failed(answer)


def test_what_settings_above_exclude_is_excluded_below_them(
    estate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (estate / ".git").mkdir()
    (estate / "live" / "examples").mkdir()
    (estate / "live" / "examples" / "main.tf").write_text(GROUP.format(name="example"))
    _settings(estate, exclude=["live/examples"])
    monkeypatch.chdir(estate / "live")
    assert _answer(capsys)[1]["roots"] == ["."]


def test_settings_of_another_repository_above_do_not_hold(
    estate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _settings(estate, profile="aws-core")
    (estate / "live" / ".git").mkdir()
    monkeypatch.chdir(estate / "live")
    assert _answer(capsys)[1]["not_asked"] == []
