"""Public reports about baselines, ignores and settings of other tools, each as what this gate owes in its place."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tapeproof import cli

if TYPE_CHECKING:
    from pathlib import Path

GROUP = 'resource "aws_cloudwatch_log_group" "{0}" {{\n  name              = "{0}"\n  retention_in_days = {1}\n}}\n'
BAD, GOOD = GROUP.format("this", 7), GROUP.format("this", 30)
ANSWER = ("--reason", "found when the gate came", "--owner", "desk")
OLD = {"policy": "TP_LOG_1", "reason": "goes away"}
SEVEN = {**OLD, "parameters": {"minimum_days": 7}}


class Estate:
    """A repository, and what the gate says of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def write(self, **files: str) -> None:
        for name, text in files.items():
            path = self.folder / f"{name.replace('__', '/')}.tf"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def set(self, folder: str = ".", **settings: object) -> None:
        (self.folder / folder / ".tapeproof.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str]:
        self._capsys.readouterr()
        status = cli.main(["gate", *arguments])
        said = self._capsys.readouterr()
        return status, said.out + said.err

    def answer(self, *arguments: str) -> dict[str, Any]:
        told = self.run("check", "--policy", "TP_LOG_1", *arguments, "--format", "json")[1]
        return dict(json.loads(told))

    def failed(self, *arguments: str) -> list[str]:
        bad = [one for one in self.answer(*arguments)["results"] if one["verdict"] in {"fail", "unknown"}]
        return sorted(f"{one['root']} {one['resource'] or one['policy']}".strip() for one in bad)

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        subprocess.run(["git", "-C", str(self.folder), *who, *arguments], check=True, capture_output=True)

    def commit(self) -> None:
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "a")


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Estate:
    folder = tmp_path / "estate"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    return Estate(folder, capsys)


THIS = "aws_cloudwatch_log_group.this"


def test_an_accepted_address_does_not_cover_the_same_one_in_another_root(estate: Estate) -> None:
    """bridgecrewio/checkov#7647, #7486."""
    estate.write(main=BAD)
    estate.run("baseline", *ANSWER)
    estate.write(main=GOOD, environments__staging__main=BAD)
    assert f"environments/staging {THIS}" in estate.failed()


def test_a_change_of_something_else_keeps_what_is_accepted_and_touching_the_line_tells_it(estate: Estate) -> None:
    """bridgecrewio/checkov#5868."""
    estate.write(main=BAD)
    estate.run("baseline", *ANSWER)
    estate.commit()
    estate.write(main=BAD.replace("}", '  tags = { team = "desk" }\n}'))
    assert estate.failed() == []
    estate.write(main=BAD.replace("= 7", "= 5"))
    assert estate.failed("--diff", "HEAD") == [". TP_GATE", f". {THIS}"]


def test_a_baseline_that_takes_in_what_is_new_keeps_what_it_had(estate: Estate) -> None:
    """bridgecrewio/checkov#6858."""
    estate.write(main=BAD)
    estate.run("baseline", *ANSWER)
    estate.write(more=GROUP.format("more", 7))
    assert estate.failed() == [". aws_cloudwatch_log_group.more"]
    estate.run("baseline", "--accept-new", *ANSWER)
    assert estate.failed() == []


def test_with_a_baseline_an_answer_without_findings_is_an_answer(estate: Estate) -> None:
    """bridgecrewio/checkov#5873."""
    estate.write(main=BAD)
    estate.run("baseline", *ANSWER)
    status, told = estate.run("check")
    assert (status, "0 findings" in told, "waived" in told) == (0, True, True)


def test_a_baseline_of_nothing_needs_nobody_to_answer(estate: Estate) -> None:
    """microsoft/rushstack#4615: pruning without anything to prune."""
    estate.write(main='output "a" {\n  value = 1\n}\n')
    assert estate.run("baseline") == (0, "nothing is found, so there is nothing to accept\n")
    assert not (estate.folder / ".tapeproof-baseline.json").exists()


def test_a_file_that_is_deleted_leaves_the_baseline_like_what_is_mended(estate: Estate) -> None:
    """microsoft/rushstack#4610, #4611: pruning where files with suppressions are gone."""
    estate.write(main=GOOD, more=GROUP.format("more", 7), gone__main=BAD)
    estate.run("baseline", *ANSWER)
    (estate.folder / "more.tf").unlink()
    (estate.folder / "gone" / "main.tf").unlink()
    (estate.folder / "gone").rmdir()
    assert estate.failed() == [". TP_GATE"]
    assert estate.run("baseline")[0] == 0
    assert estate.failed() == []
    assert "more" not in (estate.folder / ".tapeproof-baseline.json").read_text()


def test_what_a_module_of_others_does_is_accepted_by_its_address(estate: Estate) -> None:
    """aquasecurity/tfsec#493, #1406."""
    estate.write(main='module "logs" {\n  source = "./vendored"\n}\n', vendored__main=BAD)
    waiver = {"resource": "module.logs.*", "owner": "desk", "expires": "2099-12-31", **OLD}
    (estate.folder / ".tapeproof-waivers.yaml").write_text(yaml.safe_dump({"waivers": [waiver]}))
    assert estate.failed() == []
    assert [one["verdict"] for one in estate.answer()["results"] if one["resource"]] == ["waived"]


def test_a_comment_in_a_module_of_others_accepts_in_the_open(estate: Estate) -> None:
    """aquasecurity/tfsec#1670: what a module's author accepts is accepted, and every answer says so."""
    comment = '7 # tapeproof:waive TP_LOG_1 reason="r" owner="o" expires=2099-12-31'
    estate.write(main='module "logs" {\n  source = "./vendored"\n}\n', vendored__main=BAD.replace("7", comment))
    (waiver,) = estate.answer()["waivers"]
    assert (waiver["file"], waiver["state"]) == ("vendored/main.tf", "used")


@pytest.mark.parametrize(("day", "failing"), [("2099-12-31", []), ("2020-12-31", [". TP_GATE", f". {THIS}"])])
def test_an_ignore_ends_on_its_day_and_says_that_it_has(estate: Estate, day: str, failing: list[str]) -> None:
    """aquasecurity/trivy#2018, #1450."""
    comment = f'7 # tapeproof:waive TP_LOG_1 reason="r" owner="o" expires={day}'
    estate.write(main=BAD.replace("7", comment))
    assert estate.failed() == failing


@pytest.mark.parametrize("place", ["header", "value"])
def test_a_comment_counts_where_the_finding_is_told(estate: Estate, place: str) -> None:
    """aquasecurity/tfsec#963, #987: at the value, and at the block's header where the value is missing."""
    comment = '# tapeproof:waive TP_LOG_1 reason="r" owner="o" expires=2099-12-31'
    missing = f'resource "aws_cloudwatch_log_group" "this" {{ {comment}\n  name = "this"\n}}\n'
    estate.set(parameters={"TP_LOG_1": {"accepted_days": [30]}})
    estate.write(main=missing if place == "header" else BAD.replace("= 7", f"= 7 {comment}"))
    assert estate.failed() == []


def test_what_is_accepted_in_one_environment_is_not_in_another_one_with_a_worse_value(estate: Estate) -> None:
    """aquasecurity/tfsec#907: ignoring in staging and not in production."""
    comment = 'var.days # tapeproof:waive TP_LOG_1 value="7" reason="r" owner="o" expires=2099-12-31'
    estate.write(main='variable "days" {}\n' + GROUP.format("this", comment))
    estate.set(roots={".": {"var_files": ["dev.tfvars", "prod.tfvars"]}})
    (estate.folder / "dev.tfvars").write_text("days = 7\n")
    (estate.folder / "prod.tfvars").write_text("days = 3\n")
    assert f". {THIS}" in estate.failed()


def test_a_file_that_moves_out_of_what_is_excluded_is_new(estate: Estate) -> None:
    """semgrep/semgrep#6621."""
    estate.write(live__main=GOOD, examples__main=BAD)
    estate.set(exclude=["examples"])
    estate.commit()
    (estate.folder / "examples").rename(estate.folder / "moved")
    assert estate.failed("--diff", "HEAD") == [f"moved {THIS}"]


def test_a_file_that_is_only_renamed_is_not_new(estate: Estate) -> None:
    """semgrep/semgrep-action#406, semgrep/semgrep#6157."""
    estate.write(main=BAD, variables="locals {}\n")
    estate.commit()
    estate.git("mv", "main.tf", "logs.tf")
    answer = estate.answer("--diff", "HEAD")
    assert [one["verdict"] for one in answer["results"] if one["resource"]] == []
    assert answer["not_asked"][0]["results"] == 1


def test_paths_of_settings_above_hold_where_a_folder_below_is_opened(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """astral-sh/ty#2305, eslint/eslint#19585, biomejs/biome#6646."""
    estate.write(teams__legacy__main=BAD)
    (estate.folder / ".git").mkdir()
    estate.set(overrides=[{**SEVEN, "paths": ["teams/legacy"]}])
    assert estate.failed() == []
    monkeypatch.chdir(estate.folder / "teams" / "legacy")
    assert estate.failed() == []


def test_settings_of_a_folder_below_do_not_count_and_are_named(estate: Estate) -> None:
    """astral-sh/ty#3750, astral-sh/ruff#1100, terraform-linters/tflint#1796."""
    estate.write(live__main=BAD)
    estate.set("live", off=[OLD])
    estate.set(fail_on="low")
    answer = estate.answer("live")
    assert [(one["path"], one["reason"]) for one in answer["passed_over"]] == [
        ("live/.tapeproof.yaml", "settings are those of .tapeproof.yaml")
    ]
    assert estate.failed("live") == [f"live {THIS}"]


def test_what_is_accepted_above_is_named_where_it_does_not_count(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """eslint/eslint#19954: suppressions are looked for in another folder than their owner thinks."""
    estate.write(live__main=BAD)
    (estate.folder / ".git").mkdir()
    estate.set(fail_on="low")
    estate.run("baseline", *ANSWER)
    monkeypatch.chdir(estate.folder / "live")
    answer = estate.answer()
    assert ("../.tapeproof-baseline.json", "counts where the gate runs in its folder") in [
        (one["path"], one["reason"]) for one in answer["passed_over"]
    ]


@pytest.mark.parametrize(
    ("pattern", "is_off"),
    [
        ("teams/**/*.tf", True),
        ("**/*.tf", True),
        ("**/legacy", True),
        ("teams/legacy/**", True),
        ("teams/legacy/", True),
        ("./teams/legacy", True),
        ("**/teams/legacy/main.tf", True),
        ("teams/*/other.tf", False),
    ],
)
def test_a_policy_is_off_for_the_paths_that_a_pattern_means(estate: Estate, pattern: str, is_off: bool) -> None:
    """bridgecrewio/checkov#3950, astral-sh/ruff#13716; a slash at the end: data-privacy-stack/presidio#1764."""
    estate.write(teams__legacy__main=BAD, teams__live__other=GOOD)
    estate.set(off=[{**OLD, "paths": [pattern]}])
    assert (estate.failed() == []) is is_off


def test_a_pattern_that_means_everything_else_is_refused_and_not_passed_over(estate: Estate) -> None:
    """astral-sh/ruff#13716: a negation that does nothing."""
    estate.write(abc__main=BAD)
    estate.set(off=[{**OLD, "paths": ["!abc/*"]}])
    status, told = estate.run("check")
    assert (status, "nothing is called !abc/*" in told) == (2, True)


def test_a_module_is_judged_where_it_is_called_though_its_folder_is_excluded(estate: Estate) -> None:
    """bridgecrewio/checkov#7336."""
    estate.write(deploys__main='module "m" {\n  source = "../modules/m"\n}\n', modules__m__main=BAD, old__main=BAD)
    estate.set(exclude=["modules", "old"])
    assert estate.failed() == [f"deploys module.m.{THIS}"]


def test_a_file_cannot_be_excluded_and_the_way_out_is_told(estate: Estate) -> None:
    """bridgecrewio/checkov#1783, #300."""
    estate.write(main=GOOD, old=GROUP.format("old", 7))
    estate.set(exclude=["old.tf"])
    status, told = estate.run("check")
    assert (status, "name the file under paths of off" in told) == (2, True)
    estate.set(off=[{**OLD, "paths": ["old.tf"]}])
    assert estate.failed() == []


def test_hidden_folders_of_tools_are_not_judged(estate: Estate) -> None:
    """bridgecrewio/checkov#3486: a cache of pre-commit inside the repository."""
    estate.write(main=GOOD, **{".cache__pre-commit__repo__main": BAD})
    assert estate.failed() == []
