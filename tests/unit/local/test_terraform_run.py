"""Running Terraform: its stream, its errors, its interruption; with a stand-in that says what it is told to."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local import terraform_stream
from tapeproof.local.errors import TerraformFailedError
from tapeproof.local.terraform_changes import Change
from tapeproof.local.terraform_run import StackTerraform
from tapeproof.local.terraform_stream import Step
from tapeproof.ops.errors import NoStackError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.local.workspace import Workspace

FAKE_TERRAFORM = """#!{python}
import json, os, pathlib, signal, sys, time

here = pathlib.Path(__file__).parent
said = json.loads((here / "said.json").read_text())
if sys.argv[1:] == ["version", "-json"]:
    print(json.dumps({{"terraform_version": "1.11.4"}}))
    sys.exit()
(here / "called.json").write_text(json.dumps({{"arguments": sys.argv[1:], "environment": dict(os.environ)}}))
command = sys.argv[2]
def interrupted(*_):
    print(json.dumps({{"type": "log", "@message": "interrupted"}}), flush=True)
    sys.exit(1)
signal.signal(signal.SIGINT, interrupted)
for message in said.get(command, []):
    print(message if isinstance(message, str) else json.dumps(message), flush=True)
print(said.get("stderr", ""), file=sys.stderr)
if said.get("hangs"):
    time.sleep(60)
sys.exit(said.get("status", 0))
"""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    folder = tmp_path / "bin"
    folder.mkdir()
    binary = folder / "terraform"
    binary.write_text(FAKE_TERRAFORM.format(python=sys.executable))
    binary.chmod(binary.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("TAPEPROOF_TERRAFORM", str(binary))

    def say(**said: Any) -> Path:  # noqa: ANN401 - any JSON
        (folder / "said.json").write_text(json.dumps(said))
        return folder

    return say


@pytest.fixture
def terraform(workspace: Workspace, tmp_path: Path) -> StackTerraform:
    workspace.prepare()
    configuration = tmp_path / "configuration"
    configuration.mkdir()
    return StackTerraform(
        workspace,
        {"AWS_ENDPOINT_URL": "https://127.0.0.1:1"},
        package=tmp_path / "lambda.zip",
        configuration=configuration,
        variables=tmp_path / "local.tfvars",
    )


def _hook(kind: str, address: str, action: str = "create") -> dict[str, Any]:
    name = "change" if kind == "planned_change" else "hook"
    return {"type": kind, name: {"resource": {"addr": address}, "action": action}}


def test_an_apply_is_followed_from_the_plan_to_the_last_resource(
    terraform: StackTerraform, fake: Callable[..., Path]
) -> None:
    fake(
        apply=[
            {"type": "version"},
            _hook("planned_change", "aws_sqs_queue.a"),
            _hook("planned_change", "data.aws_region.x", "read"),
            _hook("planned_change", "aws_sqs_queue.b", "replace"),
            "this line is not JSON",
            _hook("apply_start", "aws_sqs_queue.a"),
            _hook("apply_complete", "aws_sqs_queue.a"),
            _hook("apply_complete", "data.aws_region.x", "read"),
            _hook("apply_complete", "aws_sqs_queue.b", "delete"),
            _hook("apply_complete", "aws_sqs_queue.b"),
        ]
    )
    steps: list[Step] = []
    terraform.apply(steps.append)
    assert [step.planned for step in steps if step.action == "plan"] == [1, 3]
    assert steps[-1] == Step(3, 3, "aws_sqs_queue.b", "create")


def test_terraform_is_led_to_the_embedded_aws_and_writes_only_to_the_workspace(
    terraform: StackTerraform,
    workspace: Workspace,
    fake: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strangers = {
        "AWS_PROFILE": "production",
        "AWS_ENDPOINT_URL_S3": "https://s3.bank.example",
        "TF_CLI_ARGS": "-destroy",
        "TF_CLI_ARGS_apply": "-destroy",
        "TF_VAR_environment_suffix": "prod",
        "TF_WORKSPACE": "prod",
    }
    monkeypatch.setenv("no_proxy", "bank.example")
    for name, value in strangers.items():
        monkeypatch.setenv(name, value)
    folder = fake()
    ours = StackTerraform(workspace, {"AWS_ENDPOINT_URL": "https://127.0.0.1:1"}, package=Path("lambda.zip"))
    ours.apply(lambda _: None)
    called = json.loads((folder / "called.json").read_text())
    assert called["environment"]["AWS_ENDPOINT_URL"] == "https://127.0.0.1:1"
    assert called["environment"]["TF_DATA_DIR"] == str(workspace.terraform_data)
    assert (called["environment"]["NO_PROXY"], called["environment"]["no_proxy"]) == ("bank.example,127.0.0.1",) * 2
    assert not strangers.keys() & called["environment"].keys()
    assert f"-state={workspace.terraform_state}" in called["arguments"]
    assert "-auto-approve" in called["arguments"]


BACKEND = """
terraform {
  backend "s3" {
    bucket = "state-of-the-bank"
    key    = "tapeproof/prod.tfstate"
    region = "us-east-1"
  }
}
"""


SUFFIXED = """
variable "lambda_zip_path" {}
variable "suffix" {
  default = "local"
}
output "suffix" {
  value = var.suffix
}
"""


def test_a_backend_and_variables_for_an_account_do_not_reach_the_local_stack(
    workspace: Workspace, tmp_path: Path
) -> None:
    configuration = tmp_path / "stack"
    configuration.mkdir()
    (configuration / "backend.tf").write_text(BACKEND)
    (configuration / "main.tf").write_text(SUFFIXED)
    (configuration / "prod.auto.tfvars").write_text('suffix = "prod"\n')
    (configuration / "terraform.tfvars").write_text('suffix = "prod"\n')
    variables = tmp_path / "local.tfvars"
    variables.write_text("")
    ours = StackTerraform(
        workspace, {}, package=tmp_path / "lambda.zip", configuration=configuration, variables=variables
    )
    ours.init()
    ours.apply(lambda _: None)
    assert json.loads(workspace.terraform_state.read_text())["outputs"]["suffix"]["value"] == "local"
    ours.init()  # what a run left behind does not hinder the next one
    assert sorted(file.name for file in configuration.iterdir()) == [
        "backend.tf",
        "main.tf",
        "prod.auto.tfvars",
        "terraform.tfvars",
    ]


def test_a_failure_says_which_resource_file_and_line_and_where_the_rest_is(
    terraform: StackTerraform, workspace: Workspace, fake: Callable[..., Path]
) -> None:
    diagnostic = {
        "severity": "error",
        "summary": "creating SQS Queue",
        "detail": "AccessDenied:\n  not allowed",
        "address": "aws_sqs_queue.a",
        "range": {"filename": "queues.tf", "start": {"line": 7}},
    }
    warning = {"severity": "warning", "summary": "deprecated"}
    fake(
        status=1,
        apply=[{"type": "diagnostic", "diagnostic": warning}] + [{"type": "diagnostic", "diagnostic": diagnostic}] * 7,
    )
    with pytest.raises(TerraformFailedError) as refused:
        terraform.apply(lambda _: None)
    said = refused.value.diagnostics()
    assert "queues.tf:7: creating SQS Queue (aws_sqs_queue.a): AccessDenied: not allowed" in said
    assert "and 2 more" in said
    assert "deprecated" not in said
    assert str(workspace.terraform_log) in said
    assert "creating SQS Queue" in workspace.terraform_log.read_text()


def test_a_failing_init_names_the_mirror_as_the_way_out(terraform: StackTerraform, fake: Callable[..., Path]) -> None:
    fake(status=1, stderr="could not query provider registry")
    with pytest.raises(TerraformFailedError) as refused:
        terraform.init()
    assert "could not query provider registry" in refused.value.diagnostics()
    assert "TAPEPROOF_PLUGIN_DIR" in refused.value.diagnostics()


def test_a_plan_is_read_for_what_it_would_still_change(terraform: StackTerraform, fake: Callable[..., Path]) -> None:
    plan = {
        "resource_changes": [
            {"address": "aws_a.x", "type": "aws_a", "change": {"actions": ["no-op"], "before": {}, "after": {}}},
            {"address": "data.aws_b.x", "type": "aws_b", "change": {"actions": ["read"], "after": {}}},
            {
                "address": "aws_c.x",
                "type": "aws_c",
                "change": {
                    "actions": ["update"],
                    "before": {"same": 1, "changed": 1},
                    "after": {"same": 1, "changed": 2},
                    "after_unknown": {"computed": True},
                },
            },
        ]
    }
    fake(status=0, show=[json.dumps(plan)])
    assert terraform.remaining_changes() == [Change("aws_c.x", "aws_c", ("update",), ("changed",))]


def test_an_interrupted_apply_lets_terraform_finish_what_it_does(
    terraform: StackTerraform, workspace: Workspace, fake: Callable[..., Path]
) -> None:
    fake(hangs=True, apply=[_hook("planned_change", "aws_sqs_queue.a")])

    def interrupt(_: Step) -> None:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        terraform.apply(interrupt)
    assert terraform_stream.INTERRUPTED_WITHIN_S >= 30
    assert workspace.terraform_log.exists()


def test_without_a_state_nothing_is_applied(terraform: StackTerraform) -> None:
    with pytest.raises(NoStackError) as refused:
        terraform.outputs()
    assert "tapeproof local apply" in refused.value.diagnostics()
