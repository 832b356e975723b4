"""Every file of Terraform is read, or it is said why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.checking import check
from tapeproof.gate.engine.discovery import configuration_names, found_below
from tapeproof.gate.engine.errors import RootError
from tapeproof.gate.engine.report import EXIT_UNKNOWN, Report
from tapeproof.gate.outputs import json_report, junit, sarif, text
from tapeproof.gate.question import Question

if TYPE_CHECKING:
    from pathlib import Path

GROUP = 'resource "aws_cloudwatch_log_group" "a" {\n retention_in_days = %d\n}\n'
UNCACHED = Question(policies=("TP_LOG_1",), cached=False)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def retentions(report: Report) -> list[tuple[str, str]]:
    return [(result.file, result.verdict) for result in report.results if result.policy == "TP_LOG_1"]


@pytest.mark.parametrize(
    ("names", "read"),
    [
        (["main.tf", "main.tofu"], ["main.tofu"]),
        (["main.tf.json", "main.tofu.json"], ["main.tofu.json"]),
        (["main.tf", "main.tofu.json"], ["main.tf", "main.tofu.json"]),
        (["a.tofu", "b.tf"], ["a.tofu", "b.tf"]),
        (["x_override.tf", "x_override.tofu"], ["x_override.tofu"]),
        ([".main.tf", "#main.tf", "main.tf~", "main.tfvars"], []),
    ],
)
def test_a_file_of_opentofu_takes_the_place_of_its_namesake(names: list[str], read: list[str]) -> None:
    assert configuration_names(names) == read


def test_what_opentofu_reads_is_judged_in_the_place_of_what_terraform_reads(project: Path) -> None:
    write(project / "main.tf", GROUP % 365)
    write(project / "main.tofu", GROUP % 7)
    write(project / "more_override.tofu", GROUP % 14)
    report = check(UNCACHED)
    assert retentions(report) == [("more_override.tofu", "fail")]
    assert [one["path"] for one in report.passed_over] == ["main.tf"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".hidden/main.tf", "hidden"),
        ("node_modules/pack/main.tf.json", "a folder of packages"),
        ("left/out/main.tofu", "excluded by the project's settings"),
        ("tests/a.tftest.hcl", "a test, which leaves nothing behind"),
    ],
)
def test_what_is_passed_over_stands_in_every_output(project: Path, name: str, reason: str) -> None:
    write(project / "main.tf", GROUP % 365)
    write(project / ".tapeproof.yaml", "exclude: [left/*]")
    write(project / name, GROUP % 7)
    report = check(UNCACHED)
    assert [one["reason"] for one in report.passed_over] == [reason]
    for output in (text, junit, sarif, json_report):
        assert name.split("/", maxsplit=1)[0] in output.render(report)
    assert Report.from_data(json.loads(json_report.render(report))).passed_over == report.passed_over


def test_a_link_to_a_folder_is_passed_over(project: Path) -> None:
    write(project / "main.tf", GROUP % 365)
    write(project / "real" / "main.tf", GROUP % 365)
    (project / "linked").symlink_to(project / "real")
    assert [(one["path"], one["reason"]) for one in check(UNCACHED).passed_over] == [("linked", "a link to a folder")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("all.tfstack.hcl", 'component "a" {\n}\n'),
        ("live/terragrunt.hcl", "inputs = { days = 1 }\n"),
        ("terragrunt.stack.hcl", 'unit "a" {\n}\n'),
    ],
)
def test_files_that_make_something_and_cannot_be_read_are_unknown(project: Path, name: str, text: str) -> None:
    write(project / "main.tf", GROUP % 365)
    write(project / name, text)
    report = check(UNCACHED)
    assert report.exit_status == EXIT_UNKNOWN
    assert [result.file for result in report.results if result.verdict == "unknown"] == [name]


def test_settings_that_leave_nothing_to_judge_do_not_pass(project: Path) -> None:
    write(project / "main.tf", "locals {\n a = 1\n}\n")
    write(project / "stack" / "main.tf", GROUP % 7)
    write(project / ".tapeproof.yaml", 'exclude: ["*"]')
    report = check(UNCACHED)
    assert report.exit_status == EXIT_UNKNOWN
    assert "exclude stack" in report.problems[0]


def test_a_folder_with_nothing_but_what_is_passed_over_names_it(project: Path) -> None:
    write(project / ".hidden" / "main.tf", GROUP % 7)
    with pytest.raises(RootError, match=r"not read: \.hidden \(hidden\)"):
        check(UNCACHED)


def test_installed_modules_and_environments_are_not_passed_over(project: Path) -> None:
    write(project / "main.tf", GROUP % 365)
    write(project / ".terraform" / "modules" / "m" / "main.tf", GROUP % 7)
    write(project / ".venv" / "pyvenv.cfg", "")
    write(project / ".venv" / "lib" / "main.tf", GROUP % 7)
    assert found_below(project).passed_over == ()
