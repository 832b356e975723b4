"""A whole run: what is found, read, judged, kept and told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.gate import checking
from tapeproof.gate.checking import check
from tapeproof.gate.engine.errors import CannotJudgeError, RootError
from tapeproof.gate.engine.report import EXIT_FINDINGS, EXIT_PASS, EXIT_UNKNOWN, Report
from tapeproof.gate.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP = 'resource "aws_cloudwatch_log_group" "g" {{\n  retention_in_days = {}\n}}\n'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def judged(*roots: str, var_files: tuple[str, ...] = (), variables: tuple[tuple[str, str], ...] = ()) -> Report:
    return check(Question(tuple(map(Path, roots)), ("TP_LOG_1",), tuple(map(Path, var_files)), variables))


def places(report: Report) -> list[tuple[str, str, int]]:
    return [(result.verdict, result.file, result.line) for result in report.results]


@pytest.mark.parametrize(("days", "status"), [("30", EXIT_PASS), ("7", EXIT_FINDINGS), ("var.x", EXIT_UNKNOWN)])
def test_the_exit_status_says_whether_all_passes_fails_or_is_not_known(days: str, status: int) -> None:
    write("root/main.tf", GROUP.format(days))
    assert judged("root").exit_status == status


def test_a_folder_that_cannot_be_listed_is_no_empty_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    write("root/main.tf", GROUP.format(30))
    write("root/closed/main.tf", GROUP.format(7))
    listed = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(RootError, match="root/closed: cannot be listed: Permission denied"):
        judged("root")


def test_a_call_of_a_folder_that_is_not_there_is_named_and_the_rest_is_judged() -> None:
    write("root/main.tf", 'module "m" {\n  source = "./gone"\n}\n' + GROUP.format(7))
    assert places(judged("root")) == [("unknown", "root/main.tf", 2), ("fail", "root/main.tf", 5)]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_has_no_column(mark: str) -> None:
    write("root/main.tf", f'{mark}resource "aws_cloudwatch_log_group" "g" {{}}\n')
    (result,) = judged("root").results
    assert (result.verdict, result.line, result.column) == ("fail", 1, 1)


def test_what_a_function_makes_stands_at_its_call() -> None:
    policy = 'replace(jsonencode({ Statement = { Effect = "Allow", Action = "s3:*", Resource = "x" } }), "s3", "sqs")'
    write("root/main.tf", f'resource "aws_iam_policy" "p" {{\n  policy = {policy}\n}}\n')
    (result,) = check(Question((Path("root"),), ("TP_IAM_1",))).results
    assert (result.line, result.column, result.end_column) == (2, 12, 12 + len(policy))


def test_a_finding_in_a_template_shows_the_templates_line() -> None:
    document = '{\n "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "${arn}"}\n}\n'
    write("root/policy.tftpl", document)
    policy = 'templatefile("${path.module}/policy.tftpl", { arn = "x" })'
    write("root/main.tf", f'resource "aws_iam_policy" "p" {{\n  policy = {policy}\n}}\n')
    (result,) = check(Question((Path("root"),), ("TP_IAM_1",))).results
    assert (result.file, result.line) == ("root/policy.tftpl", 2)
    assert result.source_line == document.split("\n")[1]


def test_one_bad_file_among_many_that_another_process_parses_is_named() -> None:
    for number in range(300):
        write(f"root/part{number}.tf", GROUP.replace('"g"', f'"g{number}"').format(30))
    write("root/zzz.tf", "a {\n  = 1\n}\n")
    report = judged("root")
    assert places(report) == [("unknown", "root/zzz.tf", 2)]
    assert (report.files.on_disk, report.files.read) == (301, 300)


def test_every_root_below_here_is_found_and_called_modules_are_none() -> None:
    write("a/main.tf", 'module "m" { source = "../shared" }\n')
    write("b/deep/main.tf", GROUP.format(30))
    write("shared/main.tf", GROUP.format(7))
    report = judged()
    assert set(report.roots) == {"a", "b/deep"}
    assert ("fail", "shared/main.tf", 2) in places(report)
    assert (report.files.on_disk, report.files.read) == (3, 3)


def test_a_folder_below_a_named_root_that_nobody_calls_is_judged_too() -> None:
    write("root/main.tf", GROUP.format(30))
    write("root/forgotten/main.tf", GROUP.format(7))
    assert ("fail", "root/forgotten/main.tf", 2) in places(judged("root"))


def test_excluded_and_hidden_folders_are_left_alone() -> None:
    write("main.tf", GROUP.format(30))
    write("examples/bad/main.tf", GROUP.format(7))
    write(".terraform/modules/x/main.tf", GROUP.format(7))
    write(".tapeproof.yaml", "exclude: [examples/*]\n")
    assert judged().exit_status == EXIT_PASS


def test_every_environment_is_judged_and_what_is_the_same_is_said_once() -> None:
    write("root/main.tf", 'variable "days" {}\n' + GROUP.format("var.days") + GROUP.format(7).replace('"g"', '"h"'))
    write("dev.tfvars", "days = 30\n")
    write("prod.tfvars", "days = 1\n")
    write(".tapeproof.yaml", "roots: {root: {var_files: [dev.tfvars, prod.tfvars]}}\n")
    report = judged("root")
    assert sorted(places(report)) == [("fail", "prod.tfvars", 1), ("fail", "root/main.tf", 6)]
    told = {result.file: result.message.endswith("(with prod.tfvars)") for result in report.results}
    assert told == {"prod.tfvars": True, "root/main.tf": False}
    assert report.as_data()["environments"] == [{"root": "root", "var_files": [["dev.tfvars"], ["prod.tfvars"]]}]
    assert Report.from_data(report.as_data()).environments == report.environments


def test_a_module_that_is_not_here_is_said_once() -> None:
    write("root/main.tf", 'module "m" {\n  source   = "a/b/aws"\n  for_each = toset(["x", "y"])\n}\n')
    (result,) = judged("root").results
    assert (result.policy, result.verdict, result.line) == ("TP_GATE", "unknown", 2)


def test_a_module_that_terraform_has_installed_is_judged() -> None:
    write("root/main.tf", 'module "m" {\n  source = "a/b/aws"\n}\n')
    write("root/.terraform/modules/m/main.tf", GROUP.format(7))
    write("root/.terraform/modules/modules.json", '{"Modules": [{"Key": "m", "Dir": ".terraform/modules/m"}]}')
    assert places(judged("root")) == [("fail", "root/.terraform/modules/m/main.tf", 2)]


def test_one_file_that_cannot_be_read_does_not_hide_another_root() -> None:
    write("a/main.tf", "locals {\n")
    write("b/main.tf", GROUP.format(7))
    report = judged()
    assert sorted(places(report)) == [("fail", "b/main.tf", 2), ("unknown", "a/main.tf", 1)]
    assert (report.files.on_disk, report.files.read) == (2, 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda: write("root/main.tf", GROUP.format(7)),
        lambda: write("root/more.tf", GROUP.format(7).replace('"g"', '"h"')),
        lambda: write("root/terraform.tfvars", "days = 7\n"),
        lambda: write("root/new/main.tf", GROUP.format(7)),
        lambda: write("root/days.txt", "7"),
        lambda: write(".tapeproof.yaml", "parameters: {TP_LOG_1: {minimum_days: 365}}\n"),
    ],
)
def test_a_kept_answer_holds_only_while_nothing_has_changed(change: object) -> None:
    write(
        "root/main.tf",
        'variable "days" { default = 30 }\n' + GROUP.format('fileexists("root/days.txt") ? 7 : var.days'),
    )
    write("root/main.tf", 'variable "days" { default = 30 }\n' + GROUP.format('fileexists("days.txt") ? 7 : var.days'))
    assert judged("root").exit_status == EXIT_PASS
    change()  # type: ignore[operator] # each is a function
    assert judged("root").exit_status == EXIT_FINDINGS


def test_the_environment_is_part_of_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    write("root/main.tf", 'variable "days" { default = 30 }\n' + GROUP.format("var.days"))
    assert judged("root").exit_status == EXIT_PASS
    monkeypatch.setenv("TF_VAR_days", "7")
    assert judged("root").exit_status == EXIT_FINDINGS


def test_a_kept_answer_is_given_without_reading_anything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    write("root/main.tf", GROUP.format(7))
    first = judged("root")
    monkeypatch.setattr(checking, "_on_a_large_stack", None)
    assert judged("root") == first


def test_a_damaged_cache_is_only_a_cold_one(project: Path) -> None:
    write("root/main.tf", GROUP.format(7))
    first = judged("root")
    for path in (project / ".cache").rglob("*"):
        if path.is_file():
            path.write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    assert judged("root") == first


@pytest.mark.parametrize(
    ("settings", "told"),
    [("[]", "mapping"), ("nope: 1", "keys"), ("roots: {a: [b]}", "var_files"), ("a: [", "cannot be read")],
)
def test_settings_that_cannot_be_used_are_told_of(settings: str, told: str) -> None:
    write(".tapeproof.yaml", settings)
    write("main.tf", GROUP.format(30))
    with pytest.raises(CannotJudgeError, match=told):
        judged()


def test_a_folder_without_terraform_is_no_pass() -> None:
    Path("empty").mkdir()
    with pytest.raises(RootError, match="no Terraform"):
        judged("empty")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "nowhere"], 2),
        (["check", ".", "--policy", "TP_NOPE_1"], 2),
        (["check", ".", "--var-file", "nope.tfvars"], 2),
        (["check", ".", "--var", "x"], 2),
        (["check", ".", "--format", "yaml"], 64),
        (["explain", "TP_NOPE_1"], 2),
        (["explain", "TP_LOG_1"], 0),
        (["list"], 0),
        (["list", "--format", "json"], 0),
        ([], 64),
    ],
)
def test_the_command_ends_with_the_status_that_says_what_happened(
    arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write("main.tf", GROUP.format(30))
    assert main(["gate", *arguments]) == status
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert told.out or told.err


@pytest.mark.parametrize("name", ["text", "json", "sarif", "junit"])
def test_every_format_is_written_to_a_file(name: str) -> None:
    write("main.tf", GROUP.format(7))
    assert main(["gate", "check", ".", "--policy", "TP_LOG_1", "--format", name, "--output", "out"]) == EXIT_FINDINGS
    assert "TP_LOG_1" in Path("out").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GROUP.format(30) + GROUP.format(30), 4),
        ('resource "x" {}\n', 1),
        ("a = 1\n", 1),
        ('variable "x" {}\nvariable "x" {}\n', 2),
    ],
)
def test_what_terraform_refuses_of_a_module_as_a_whole_is_told_with_its_place(text: str, line: int) -> None:
    write("root/main.tf", text)
    (result,) = judged("root").results
    assert (result.verdict, result.file, result.line) == ("unknown", "root/main.tf", line)


@pytest.mark.parametrize("characters", [19_000, 21_000, 150_000, 299_000, 320_000])
@pytest.mark.parametrize("cached", [True, False])
def test_a_file_of_any_size_may_be_met_first_through_a_module_call(characters: int, cached: bool) -> None:
    write("root/main.tf", 'module "m" {\n  source = "../modules/m"\n}\n')
    write("modules/m/main.tf", GROUP.format(0) + "# filler\n" * (characters // 9))
    report = check(Question((Path("root"),), ("TP_LOG_1",), cached=cached))
    assert (report.files.on_disk, report.files.read) == (2, 2)
    assert any(result.resource == "module.m.aws_cloudwatch_log_group.g" for result in report.results)


def test_settings_that_exclude_all_that_could_be_judged_are_a_problem_and_no_pass() -> None:
    write("stack/main.tf", GROUP.format(7))
    write("trivial/main.tf", "locals {}\n")
    write(".tapeproof.yaml", "exclude: ['stack*']\n")
    report = judged()
    assert report.exit_status == EXIT_UNKNOWN
    assert any("nothing is left to judge" in problem and "stack" in problem for problem in report.problems)


def test_what_was_judged_and_what_is_outside_is_the_same_when_an_answer_is_given_again() -> None:
    write("one/main.tf", GROUP.format(30) + 'data "aws_region" "r" {}\n')
    write("two/main.tf", GROUP.format(30) + 'resource "acme_box" "b" {}\n')
    first, again = judged("one", "two"), judged("one", "two")
    assert [(row["kind"], row["type"], row["number"], row["policies"], row["outside"]) for row in first.scope] == [
        ("data", "aws_region", 1, [], "data_source"),
        ("resource", "acme_box", 1, [], "other_provider"),
        ("resource", "aws_cloudwatch_log_group", 2, ["TP_LOG_1"], ""),
    ]
    assert again.scope == first.scope
    assert Report.from_data(first.as_data()) == first


@pytest.mark.parametrize(
    ("type_", "body", "verdicts"),
    [
        ("google_storage_bucket", "", set()),
        ("google_storage_bucket", "lifecycle {\n destroy = false\n}", {"fail"}),
        ("google_storage_bucket", "lifecycle {\n destroy = true\n}", {"pass"}),
        ("google_storage_bucket", "lifecycle {\n destroy = var.x\n}", {"unknown"}),
        ("aws_sqs_queue", "", {"pass"}),
        ("awscc_sqs_queue", "", {"pass"}),
    ],
)
def test_what_keeps_something_of_another_provider_is_not_known_and_passes_nothing(
    type_: str, body: str, verdicts: set[str]
) -> None:
    write("root/main.tf", f'resource "{type_}" "x" {{\n{body}\n}}\nvariable "x" {{}}\n')
    report = check(Question((Path("root"),), ("TP_DST_2",)))
    assert {result.verdict for result in report.results if result.policy == "TP_DST_2"} == verdicts
