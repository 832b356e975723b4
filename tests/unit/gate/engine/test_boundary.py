"""Nothing outside the repository is read, whatever a configuration says."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.checking import check
from tapeproof.gate.engine.boundary import Boundary, boundary_of
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.report import EXIT_UNKNOWN
from tapeproof.gate.outputs import json_report
from tapeproof.gate.question import Question
from tests.effort import seconds_here

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.report import Report

QUESTION = Question(policies=("TP_LOG_1",), cached=False)
SECRET = "a-secret-of-somebody-else"
GROUP = 'resource "aws_cloudwatch_log_group" "a" {{\n retention_in_days = {}\n}}\n'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository beside which there is a secret."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_text(SECRET)
    (tmp_path / "outside" / "main.tf").write_text(GROUP.format(7) + f"# {SECRET}")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("HOME", str(tmp_path / "outside"))
    return repository


def judged(project: Path, source: str) -> Report:
    (project / "main.tf").write_text(source)
    report = check(QUESTION)
    assert SECRET not in json_report.render(report)
    return report


@pytest.mark.parametrize(
    "expression",
    [
        'length(file("../outside/secret"))',
        'length(file("~/secret"))',
        'length(file("linked"))',
        'length(filebase64("linked"))',
        'length(templatefile("linked", {}))',
        'length(filesha256("/proc/self/environ"))',
        'strcontains(file("/proc/self/cmdline"), "terraform") ? 1 : 365',
        'fileexists("../outside/secret") ? 365 : 1',
        'fileexists("/dev/zero") ? 1 : 365',
        'length(file("/dev/zero"))',
        'length(fileset("../outside", "*")) + 365',
        'length(fileset("/proc/self", "*")) + 365',
        'length(file("folder/secret"))',
        'length(file("/etc/hostname")) > 0 ? 365 : 365',
    ],
)
def test_an_expression_that_reads_outside_is_unknown(project: Path, expression: str) -> None:
    (project / "linked").symlink_to("../outside/secret")
    (project / "folder").symlink_to("../outside")
    report = judged(project, GROUP.format(expression))
    assert report.exit_status == EXIT_UNKNOWN
    assert [result.verdict for result in report.results if result.resource] == ["unknown"]


@pytest.mark.parametrize("target", ["../outside/main.tf", "/proc/self/environ", "/dev/zero", "/etc/passwd"])
def test_a_file_that_is_a_link_to_the_outside_is_unknown(project: Path, target: str) -> None:
    (project / "more.tf").symlink_to(target)
    report = judged(project, GROUP.format(365))
    assert report.exit_status == EXIT_UNKNOWN
    (refused,) = report.results
    assert (refused.file, refused.message) == ("more.tf", "the file lies outside the repository, so it is not read")


@pytest.mark.parametrize("file", ["/proc/self/environ", "../outside/secret", "values.tfvars"])
def test_a_variable_file_that_settings_name_outside_is_unknown(project: Path, file: str) -> None:
    (project / "values.tfvars").symlink_to("../outside/secret")
    (project / ".tapeproof.yaml").write_text(f'roots: {{".": {{var_files: ["{file}"]}}}}')
    report = judged(project, GROUP.format(365))
    assert report.exit_status == EXIT_UNKNOWN
    assert all(result.verdict == "unknown" for result in report.results)


def test_a_variable_file_that_the_user_names_is_read(project: Path) -> None:
    (project.parent / "outside" / "mine.tfvars").write_text("days = 365")
    (project / "main.tf").write_text(GROUP.format("var.days") + 'variable "days" {}')
    given = QUESTION._replace(var_files=(project.parent / "outside" / "mine.tfvars",))
    assert check(given).exit_status == 0


@pytest.mark.parametrize("source", ["../outside", "./folder"])
def test_a_module_outside_is_unknown(project: Path, source: str) -> None:
    (project / "folder").symlink_to("../outside")
    report = judged(project, f'module "m" {{\n source = "{source}"\n}}\n' + GROUP.format(365))
    assert report.exit_status == EXIT_UNKNOWN
    assert {result.verdict for result in report.results if result.resource} == {"pass"}


def test_settings_outside_are_refused_without_being_shown(project: Path) -> None:
    (project / ".tapeproof.yaml").symlink_to("../outside/secret")
    (project / "main.tf").write_text(GROUP.format(365))
    with pytest.raises(CannotJudgeError, match="outside the repository") as refused:
        check(QUESTION)
    assert SECRET not in str(refused.value)


def test_what_is_inside_is_read_by_whatever_way(project: Path) -> None:
    (project / "days").write_text("365")
    (project / "linked").symlink_to("days")
    (project / "modules" / "m").mkdir(parents=True)
    (project / "modules" / "m" / "main.tf").write_text(GROUP.format('tonumber(file("${path.module}/../../linked"))'))
    assert judged(project, 'module "m" {\n source = "./modules/m"\n}\n').exit_status == 0


def test_a_pipe_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "more.tf")
    assert judged(project, GROUP.format(365)).exit_status == EXIT_UNKNOWN


def test_a_root_in_no_repository_may_read_what_is_beside_it(tmp_path: Path) -> None:
    root = tmp_path / "elsewhere" / "root"
    root.mkdir(parents=True)
    boundary = boundary_of((root,))
    assert boundary.holds(root / ".." / "modules" / "main.tf")
    assert not boundary.holds(tmp_path / "outside" / "secret")


def test_devices_are_never_read(tmp_path: Path) -> None:
    everything = Boundary((tmp_path.parents[-1],))
    assert everything.holds(tmp_path)
    assert not any(everything.holds(tmp_path.parents[-1] / name / "x") for name in ("dev", "proc", "sys"))


@pytest.mark.parametrize(
    "expression",
    [
        'length(join("", [for a in range(1024) : join("", [for b in range(1024) : join("", range(1024))])]))',
        "length(jsonencode([for a in range(1000) : [for b in range(1000) : range(1000)]]))",
    ],
)
def test_a_run_ends_by_its_deadline(project: Path, monkeypatch: pytest.MonkeyPatch, expression: str) -> None:
    monkeypatch.setenv("TAPEPROOF_DEADLINE", "4")
    begun = time.monotonic()
    report = judged(project, GROUP.format(expression))
    assert report.exit_status == EXIT_UNKNOWN
    assert time.monotonic() - begun < seconds_here(60)


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan"])
def test_a_deadline_that_is_none_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv("TAPEPROOF_DEADLINE", seconds)
    with pytest.raises(CannotJudgeError, match="TAPEPROOF_DEADLINE"):
        judged(project, GROUP.format(365))
