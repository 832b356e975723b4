"""An environment is variable files, a workspace and answers of data sources; a root must pass in each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.gate.engine.environment import Environment, parse_environments

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = """
data "aws_region" "current" {}
data "aws_ssm_parameter" "days" {
  name = "/days"
}
locals {
  days = { prod = 365, dev = 7 }
}
resource "aws_cloudwatch_log_group" "by_workspace" {
  name              = "a"
  retention_in_days = local.days[terraform.workspace]
}
resource "aws_cloudwatch_log_group" "by_data" {
  name              = "b-${data.aws_region.current.name}"
  retention_in_days = data.aws_ssm_parameter.days.value
}
"""


@pytest.fixture
def judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], set[tuple[str, str, str]]]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    Path("stack").mkdir()
    Path("stack/main.tf").write_text(ROOT)

    def judge(environments: str) -> set[tuple[str, str, str]]:
        Path(".tapeproof.yaml").write_text(f"roots: {{stack: {{environments: {environments}}}}}")
        cli.main(["gate", "check", "--policy", "TP_LOG_1", "--format", "json"])
        answer = json.loads(capsys.readouterr().out)
        assert [one.get("names") for one in answer["environments"]] != [None]
        return {
            (one["resource"].rpartition(".")[2], one["verdict"], one["message"].rpartition(" (with ")[2].rstrip(")"))
            for one in answer["results"]
            if one["verdict"] != "pass"
        }

    return judge


def test_a_workspace_decides_in_its_environment(judged: Callable[[str], set[tuple[str, str, str]]]) -> None:
    found = judged("{live: {workspace: prod}, trial: {workspace: dev}}")
    assert ("by_workspace", "fail", "trial") in found
    assert {name for name, verdict, _ in found if verdict == "unknown"} == {"by_data"}


def test_what_a_data_source_answers_decides_and_is_asked_anew_when_it_changes(
    judged: Callable[[str], set[tuple[str, str, str]]],
) -> None:
    text = "{live: {workspace: prod, data: {data.aws_ssm_parameter.days.value: %s}}}"
    assert judged(text % '"365"') == set()
    assert {(name, verdict) for name, verdict, _ in judged(text % '"7"')} == {("by_data", "fail")}
    assert {(name, verdict) for name, verdict, _ in judged(text % "seven")} == {("by_data", "unknown")}


@pytest.mark.parametrize(
    ("entry", "environments"),
    [
        ({"var_files": ["a"]}, (Environment((Path("up/a"),)),)),
        ({"environments": {"x": {"var_files": ["a", "b"]}}}, (Environment((Path("up/a"), Path("up/b")), title="x"),)),
        ({"environments": {"x": {"workspace": "w"}}}, (Environment(workspace="w", title="x"),)),
        (
            {"environments": {"x": {"data": {"module.a.data.b.c[0].ids": ["i"]}}}},
            (Environment(data=(("module.a.data.b.c[0].ids", '["i"]'),), title="x"),),
        ),
    ],
)
def test_environments_are_read(entry: object, environments: tuple[Environment, ...]) -> None:
    assert parse_environments(entry, Path("up")) == environments


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"var_files": ["a"], "environments": {}}, "var_files, a list, or environments"),
        ({"environments": {}}, "environments, a mapping"),
        ({"environments": ["x"]}, "environments, a mapping"),
        ({"environments": {"x": ["a"]}}, "environment x: takes some of"),
        ({"environments": {"x": {"var_file": ["a"]}}}, "environment x: takes some of"),
        ({"environments": {"x": {"var_files": "a"}}}, "environment x: var_files: expected a list"),
        ({"environments": {"x": {"data": ["a"]}}}, "data takes addresses"),
        ({"environments": {"x": {"data": {"aws_region.current.name": "a"}}}}, "data takes addresses"),
    ],
)
def test_what_is_no_environment_is_refused(entry: object, why: str) -> None:
    with pytest.raises((TypeError, ValueError), match=why):
        parse_environments(entry, Path())
