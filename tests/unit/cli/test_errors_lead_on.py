"""Who does what an error says comes to another state, and never back to an error that was told already."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GROUP = 'resource "aws_cloudwatch_log_group" "g" {{\n  name              = "g"\n  retention_in_days = {0}\n}}\n'
ONLY = ("--policy", "TP_LOG_1")
PLAN = json.dumps(
    {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": []}},
        "configuration": {"root_module": {}},
    }
)
WAIVER = 'retention_in_days = 7 # tapeproof:waive TP_LOG_1 reason="a" owner="b" expires={0}'
_SEVEN = GROUP.format(7)


class Walk:
    """Somebody who reads what a command says, does it, and runs the command again.

    Args:
        folder: The working directory.
        capsys: What is printed.
    """

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.told: list[str] = []

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command; a complaint that was told before means that its way out leads nowhere."""
        self._capsys.readouterr()
        status = cli.main(list(arguments))
        said = self._capsys.readouterr()
        text = said.out + said.err
        if status:
            complaint = f"{arguments[0]} {arguments[1]}: {_plain(text)}"
            assert complaint not in self.told, f"told a second time:\n{text}"
            self.told.append(complaint)
        return status, text

    def refused(self, *arguments: str, fix: str) -> None:
        """Run a command that must fail and must say what to do."""
        status, text = self.run(*arguments)
        assert status
        assert re.search(fix, text), text

    def passes(self, *arguments: str) -> None:
        """Run a command that must succeed now."""
        status, text = self.run(*arguments)
        assert status == 0, text

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _plain(text: str) -> str:
    """Return what a text says, places and numbers left aside."""
    return re.sub(r"\d+", "0", text)


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Walk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".cache"))
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "TAPEPROOF_TERRAFORM"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    return Walk(tmp_path, capsys)


def test_a_folder_without_terraform_leads_to_one_with_it(walk: Walk) -> None:
    walk.refused("gate", "check", *ONLY, fix="tapeproof gate check FOLDER")
    walk.write("stack/main.tf", GROUP.format(30))
    walk.passes("gate", "check", "stack", *ONLY)


def test_a_value_that_is_missing_leads_to_a_variable_file_and_then_to_settings(walk: Walk) -> None:
    walk.write("stack/main.tf", 'variable "days" {}\n' + GROUP.format("var.days"))
    walk.refused("gate", "check", "stack", *ONLY, fix="--var-file, --var or `roots` in .tapeproof.yaml")
    walk.refused("gate", "check", "stack", *ONLY, "--var-file", "stack/dev.tfvars", fix="there is no such file")
    walk.write("stack/dev.tfvars", "days = 30\n")
    walk.passes("gate", "check", "stack", *ONLY, "--var-file", "stack/dev.tfvars")
    walk.passes("gate", "check", "stack", *ONLY, "--var", "days=30")
    walk.passes("gate", "init")
    walk.passes("gate", "check", "stack", *ONLY)


@pytest.mark.parametrize(
    ("settings", "fix", "mended"),
    [
        (
            "roots: {stak: {var_files: []}}",
            "name root modules as they are called here",
            "roots: {stack: {var_files: []}}",
        ),
        ("profil: aws-core", "some of the keys .*profile", "profile: aws-core"),
        ("profile: aws-cor", "did you mean aws-core", "profile: aws-core"),
        ("fail_on: hgih", "expected one of low, medium, high", "fail_on: high"),
        ("off: [{policy: TP_LOG_9, reason: a}]", "did you mean TP_LOG_3", "off: [{policy: TP_LOG_3, reason: a}]"),
        ("off: [{policy: TP_LOG_3}]", "takes policy, reason", "off: [{policy: TP_LOG_3, reason: a}]"),
        (
            "off: [{policy: TP_LOG_3, reason: a, paths: [stak]}]",
            "did you mean stack",
            "off: [{policy: TP_LOG_3, reason: a, paths: [stack]}]",
        ),
        (
            "parameters: {TP_LOG_1: {minimum_day: 1}}",
            "did you mean minimum_days",
            "parameters: {TP_LOG_1: {minimum_days: 1}}",
        ),
        ("parameters: {TP_LOG_1: {minimum_days: a}}", "must be like 30", "parameters: {TP_LOG_1: {minimum_days: 1}}"),
        ("a: [", "cannot be read", "{}"),
    ],
)
def test_settings_that_are_wrong_lead_to_right_ones(walk: Walk, settings: str, fix: str, mended: str) -> None:
    walk.write("stack/main.tf", GROUP.format(30))
    walk.write(".tapeproof.yaml", settings)
    walk.refused("gate", "check", "stack", *ONLY, fix=fix)
    walk.write(".tapeproof.yaml", mended)
    walk.passes("gate", "check", "stack", *ONLY)


@pytest.mark.parametrize("content", [None, "[", "{}", PLAN.replace("1.2", "9.0"), PLAN[:-1] + ', "errored": true}'])
def test_a_plan_that_is_none_leads_to_one(walk: Walk, content: str | None) -> None:
    if content is not None:
        walk.write("plan.json", content)
    walk.refused("gate", "check", *ONLY, "--plan", "plan.json", fix=r"terraform show -json|formats 1\.x|plan again")
    walk.write("plan.json", PLAN)
    walk.passes("gate", "check", *ONLY, "--plan", "plan.json")


def test_findings_lead_through_a_baseline_to_none_and_out_of_it_again(walk: Walk) -> None:
    walk.write("main.tf", _SEVEN)
    walk.refused("gate", "check", *ONLY, fix="retention_in_days = 30")
    walk.refused("gate", "baseline", fix='--reason "found when the gate came" --owner "platform team"')
    walk.passes("gate", "baseline", "--reason", "found when the gate came", "--owner", "platform team")
    walk.passes("gate", "check", *ONLY)
    walk.write("main.tf", GROUP.format(3))
    walk.refused("gate", "baseline", fix="Mend them, or add --accept-new with --reason and --owner")
    walk.passes("gate", "baseline", "--accept-new", "--reason", "a", "--owner", "b")
    walk.write("main.tf", GROUP.format(30))
    walk.refused("gate", "check", *ONLY, fix="run `tapeproof gate baseline`, which takes out what is mended")
    walk.passes("gate", "baseline")
    walk.passes("gate", "check", *ONLY)


@pytest.mark.parametrize("broken", ["{", "[]", '{"version": 2}'])
def test_a_baseline_that_cannot_be_read_leads_back_to_the_one_that_could(walk: Walk, broken: str) -> None:
    walk.write("main.tf", _SEVEN)
    walk.passes("gate", "baseline", "--reason", "a", "--owner", "b")
    kept = (walk.folder / ".tapeproof-baseline.json").read_text()
    walk.write(".tapeproof-baseline.json", broken)
    walk.refused("gate", "check", *ONLY, fix="restore it from version control")
    walk.write(".tapeproof-baseline.json", kept)
    walk.passes("gate", "check", *ONLY)


@pytest.mark.parametrize(
    ("written", "fix", "mended"),
    [
        (WAIVER.format("2020-01-31"), "fix the finding, or decide anew", WAIVER.format("2099-01-31")),
        (WAIVER.format("soon"), "write policy, reason, owner and expires", WAIVER.format("2099-01-31")),
        (WAIVER.format("2099-01-31").replace("= 7", "= 30"), "remove it", "retention_in_days = 30"),
    ],
)
def test_a_waiver_that_does_not_count_leads_to_one_that_does_or_to_none(
    walk: Walk, written: str, fix: str, mended: str
) -> None:
    walk.write("main.tf", _SEVEN.replace("retention_in_days = 7", written))
    walk.refused("gate", "check", *ONLY, fix=fix)
    walk.write("main.tf", _SEVEN.replace("retention_in_days = 7", mended))
    walk.passes("gate", "check", *ONLY)


def test_a_module_that_is_not_here_leads_to_getting_it(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    walk.write("main.tf", 'module "m" {\n  source  = "x/y/aws"\n  version = "1.0.0"\n}\n')
    walk.refused("gate", "check", *ONLY, fix="for lack of a module, --init")
    monkeypatch.setenv("PATH", str(walk.folder / "nothing"))
    walk.refused("gate", "check", "--init", *ONLY, fix="install one, or name it in TAPEPROOF_TERRAFORM")
    monkeypatch.setenv("TAPEPROOF_TERRAFORM", str(walk.folder / "absent"))
    walk.refused("gate", "check", "--init", *ONLY, fix="name one that runs in TAPEPROOF_TERRAFORM")
    getter = walk.folder / "getter"
    listed = (
        '{"Modules": [{"Key": "m", "Source": "registry.terraform.io/x/y/aws", "Version": "1.0.0", '
        '"Dir": ".terraform/modules/m"}]}'
    )
    getter.write_text(
        f"#!/bin/sh\n/bin/mkdir -p .terraform/modules/m\necho '{listed}' > .terraform/modules/modules.json\n"
        "echo 'locals {}' > .terraform/modules/m/main.tf\n"
    )
    getter.chmod(0o755)
    monkeypatch.setenv("TAPEPROOF_TERRAFORM", str(getter))
    walk.passes("gate", "check", "--init", *ONLY)


def test_a_command_of_a_package_that_is_missing_names_an_extra_that_brings_it(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for name in [one for one in sys.modules if one.startswith(("pygls", "lsprotocol", "tapeproof.editor"))]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("pygls", "lsprotocol"):
        monkeypatch.setitem(sys.modules, name, None)
    status, text = walk.run("gate", "lsp")
    (extra,) = re.findall(r"tapeproof\[(\w+)\]", text)
    assert status == cli.EXIT_UNAVAILABLE
    assert any(one.startswith("pygls") for one in extras[extra])


def test_an_account_without_a_region_leads_to_naming_one(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(walk.folder / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(walk.folder / "none"))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    walk.refused("gate", "check", "--live", *ONLY, fix="set --region, AWS_REGION")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    walk.refused("gate", "check", "--live", *ONLY, fix="check the credentials")


@pytest.mark.parametrize(
    ("arguments", "fix", "way_out"),
    [
        (("gate", "chek"), "did you mean check", ("gate", "check", *ONLY)),
        (("gate", "check", "--polcy", "TP_LOG_1"), "did you mean --policy", ("gate", "check", *ONLY)),
        (("gate", "check", "--policy", "TP_LOG_9"), "`tapeproof gate list`", ("gate", "list")),
        (("gate", "explain", "TP_LOGG_1"), "did you mean TP_LOG_1", ("gate", "explain", "TP_LOG_1")),
    ],
)
def test_what_is_misspelt_leads_to_what_is_meant(
    walk: Walk, arguments: Sequence[str], fix: str, way_out: Sequence[str]
) -> None:
    walk.write("main.tf", GROUP.format(30))
    walk.write(".tapeproof.yaml", "profile: aws-core\noff: [{policy: TP_LOG_3, reason: a}]\n")
    walk.refused(*arguments, fix=fix)
    walk.passes(*way_out)


@pytest.mark.parametrize("command", [("ops", "status"), ("ops", "redrive"), ("local", "apply"), ("local", "destroy")])
def test_without_a_stack_the_way_leads_to_local_up_which_asks_for_nothing(walk: Walk, command: tuple[str, str]) -> None:
    walk.refused(*command, "--dir", str(walk.folder / "none"), fix="`tapeproof local up`")
    walk.passes("local", "up", "--help")
    walk.passes("local", "down", "--dir", str(walk.folder / "none"))
