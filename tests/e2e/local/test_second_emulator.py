"""A second emulator, moto's server, takes the stack from the same provider, but for the gaps that are named here.

What one emulator accepts may be its own leniency; two that were written apart seldom err alike. Each gap is asserted,
so that a release of moto that closes one is noticed, and the stack is applied to it without that override.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from tapeproof.local.embedded_server import find_free_port, port_answers
from tapeproof.local.package import build_zip
from tapeproof.local.terraform_run import StackTerraform
from tapeproof.local.workspace import Workspace
from tests.effort import SOAKING
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "us-east-1"}
SERVE = (
    "import sys; sys.argv = ['moto_server', '-H', '127.0.0.1', '-p', sys.argv[1]]; from moto.server import main; main()"
)
WITHOUT = {"aws_sqs_queue": "redrive_allow_policy = null", "aws_cloudwatch_composite_alarm": "for_each = {}"}
"""What the stack is applied without, by type of resource: a line that replaces its own."""

DRIFT = {
    # It publishes no version when a function is made, and knows nothing of how functions log.
    "aws_lambda_alias": {"function_version"},
    "aws_lambda_function": {"logging_config", "qualified_arn", "qualified_invoke_arn", "version"},
    # It gives the function where the alias was asked for, and the policy as it keeps it.
    "aws_lambda_event_source_mapping": {"function_name"},
    "aws_sqs_queue": {"redrive_policy"},
}
"""What a plan after the apply would change there."""


@pytest.fixture
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in KEY.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        yield


def _client(service: str) -> Any:  # noqa: ANN401 - what boto3 gives
    return boto3.client(service, region_name="us-east-1")


def test_gap_a_queue_does_not_say_which_queues_may_redrive_to_it(moto: None) -> None:
    policy = {"RedriveAllowPolicy": '{"redrivePermission":"denyAll"}'}
    url = _client("sqs").create_queue(QueueName="q", Attributes=policy)["QueueUrl"]
    said = _client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert "QueueArn" in said
    assert "RedriveAllowPolicy" not in said


def test_gap_there_are_no_composite_alarms(moto: None) -> None:
    with pytest.raises(NotImplementedError, match="put_composite_alarm"):
        _client("cloudwatch").put_composite_alarm(AlarmName="c", AlarmRule='ALARM("a")')


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Moto's server on loopback, in a process of its own."""
    port = find_free_port()
    with (tmp_path / "moto.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], stdout=log, stderr=log)
    give_up = time.monotonic() + 60
    while not port_answers(port) and time.monotonic() < give_up:
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def _configuration(folder: Path) -> Path:
    """Return a copy of the stack that leaves out what moto lacks."""
    shutil.copytree(PROJECT / "stack", folder, ignore=shutil.ignore_patterns(".terraform", "*.tfstate*"))
    for module in (folder / "modules").iterdir():
        text = "".join(path.read_text(encoding="utf-8") for path in module.glob("*.tf"))
        found = re.findall(r'^resource "(\w+)" "(\w+)"', text, re.MULTILINE)
        lines = [f'resource "{kind}" "{name}" {{\n  {WITHOUT[kind]}\n}}\n' for kind, name in found if kind in WITHOUT]
        (module / "moto_override.tf").write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.mark.skipif(not SOAKING, reason="an apply of the whole stack takes minutes: in `make soak`")
@pytest.mark.embedded_aws
@pytest.mark.timeout(0)
def test_the_stack_is_applied_found_unchanged_but_for_the_known_and_destroyed(server: str, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "local")
    workspace.prepare()
    build_zip(workspace.package)
    environment = {**KEY, "AWS_ENDPOINT_URL": server, "PATH": os.environ["PATH"]}
    terraform = StackTerraform(
        workspace, environment, package=workspace.package, configuration=_configuration(tmp_path / "stack")
    )
    terraform.init()
    terraform.apply(lambda _: None)
    drift: dict[str, set[str]] = {}
    for change in terraform.remaining_changes():
        drift.setdefault(_kind(change.address), set()).update(change.attributes)
    assert drift == DRIFT
    terraform.destroy(lambda _: None)
    assert _left(server) == []


def _left(server: str) -> list[str]:
    """Return the functions, queues and tables that are still there."""
    session = boto3.Session("a", "b", region_name="us-east-1")
    functions, queues, tables = (session.client(name, endpoint_url=server) for name in ("lambda", "sqs", "dynamodb"))
    return [
        *(one["FunctionName"] for one in functions.list_functions()["Functions"]),
        *queues.list_queues().get("QueueUrls", []),
        *tables.list_tables()["TableNames"],
    ]


def _kind(address: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", address).rsplit(".", 2)[-2]
