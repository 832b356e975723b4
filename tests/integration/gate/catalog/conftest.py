"""What the tests of other front ends share: Terraform's own plans, made once, against a stand-in for two AWS calls."""

from __future__ import annotations

import json
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local.terraform import find_terraform, plugin_dir, terraform_environment
from tests.kept_provider import keep_provider
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ACCOUNT = "123456789012"
IDENTITY = f"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::{ACCOUNT}:user/test</Arn><UserId>AIDATEST</UserId><Account>{ACCOUNT}</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"""
ALIAS = {
    "AliasName": "alias/aws/s3",
    "AliasArn": f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/aws/s3",
    "TargetKeyId": "1",
}
KEY = {"KeyId": "1", "Arn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1", "KeyManager": "AWS", "KeyState": "Enabled"}
ANSWERS = {
    "TrentService.ListAliases": {"Aliases": [ALIAS], "Truncated": False},
    "TrentService.DescribeKey": {"KeyMetadata": KEY},
}
PROVIDER = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region                  = "us-east-1"
  skip_metadata_api_check = true
}
"""


class StandIn(BaseHTTPRequestHandler):
    """Answers the calls that data sources make while planning."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = ANSWERS.get(self.headers.get("X-Amz-Target", ""))
        body = (json.dumps(answer) if answer else IDENTITY).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.1" if answer else "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="session")
def stand_in() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def terraform(stand_in: str) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """Give a function that runs the real Terraform in a folder; the provider is started once, from the mirror."""
    program = str(find_terraform())
    apart = {name: value for name, value in terraform_environment().items() if not name.startswith("AWS_")}
    environment = {
        **apart,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": stand_in,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    mirror = plugin_dir()

    def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        mirrored = [f"-plugin-dir={mirror}"] if mirror and arguments[0] == "init" else []
        command = [program, *arguments, *mirrored]
        return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)

    with keep_provider(environment) as kept:
        settings = environment | kept
        yield run


@pytest.fixture(scope="session")
def planned(terraform: Callable[..., subprocess.CompletedProcess[str]]) -> Callable[..., dict[str, Any]]:
    """Return a function that plans a folder with the real Terraform and returns the plan's JSON."""

    def run(folder: Path, *arguments: str) -> str:
        done = terraform(folder, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def plan(folder: Path, *arguments: str) -> dict[str, Any]:
        run(folder, "init", "-input=false", "-no-color")
        run(folder, "plan", "-input=false", "-no-color", "-out=plan.tfplan", *arguments)
        shown: dict[str, Any] = json.loads(run(folder, "show", "-json", "plan.tfplan"))
        return shown

    return plan


@pytest.fixture(scope="session")
def stack_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the stack that Terraform may write beside."""
    project = PROJECT
    folder = tmp_path_factory.mktemp("stack") / "stack"
    ignored = shutil.ignore_patterns(".terraform*", "examples", "tests", "local", "__pycache__")
    shutil.copytree(project / "stack", folder, ignore=ignored)
    archive = folder.parent / "build" / "lambda.zip"
    archive.parent.mkdir()
    archive.write_bytes(bytes([80, 75, 5, 6]) + bytes(18))
    return folder
