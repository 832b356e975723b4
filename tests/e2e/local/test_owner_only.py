"""The embedded AWS serves its owner, and the functions that it runs; nobody else who reaches its port."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import ssl
import stat
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.local.embedded_server import Server

pytestmark = pytest.mark.embedded_aws

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:lambda-sealer-local"
ROLE = "arn:aws:iam::000000000000:role/role-lambda-sealer-local"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("owner") / "local"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    embedded = EmbeddedAws(Workspace(folder))
    before = os.umask(0o002)
    try:
        yield embedded.start()
    finally:
        os.umask(before)
        embedded.stop()


def _list_queues(server: Server, key: str, secret: str, token: str | None = None) -> str:
    """Return what the embedded AWS says to somebody who lists its queues: OK, or the code of its refusal."""
    client = boto3.client(
        "sqs", endpoint_url=server.endpoint, verify=server.certificate, region_name="us-east-1",
        aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token,
        config=Config(retries={"total_max_attempts": 1}),
    )  # fmt: skip
    try:
        client.list_queues()
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "OK"


def test_its_owner_is_served(server: Server) -> None:
    assert _list_queues(server, server.access_key, server.secret_key) == "OK"


@pytest.mark.parametrize("key", ["test", "tapeproof-local", "123456789012", "000000000000", "AKIAIOSFODNN7EXAMPLE"])
@pytest.mark.parametrize("secret", ["test", "not-a-secret"])
def test_a_key_that_others_know_is_refused(server: Server, key: str, secret: str) -> None:
    assert _list_queues(server, key, secret) == "AccessDeniedException"


def test_the_owners_key_without_its_secret_is_refused(server: Server) -> None:
    assert _list_queues(server, server.access_key, "x" * 40) == "AccessDeniedException"


def test_a_functions_key_cannot_be_computed_from_its_name(server: Server) -> None:
    digest = hashlib.sha256(f"{FUNCTION}:{ROLE}".encode()).hexdigest()
    key, secret, token = (
        f"ASIA{digest[:16].upper()}",
        hashlib.sha256(f"secret:{digest}".encode()).hexdigest(),
        hashlib.sha256(f"token:{digest}".encode()).hexdigest(),
    )
    assert _list_queues(server, key, secret, token) == "AccessDeniedException"


@pytest.mark.parametrize(
    ("method", "path", "authorization"),
    [
        ("GET", "/?Action=ListQueues", ""),
        ("GET", "/?X-Amz-Credential=test/20261130/us-east-1/sqs/aws4_request&Action=ListQueues", ""),
        ("GET", "/?X-Amz-Credential=test/20261130/us-east-1/sqs/aws4_request", "Bearer x"),
        ("GET", "/", "AWS test:c2lnbmF0dXJl"),
        (
            "GET",
            "/",
            "AWS4-HMAC-SHA256 Credential=test/20261130/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
        ),
        ("PUT", "/bucket-of-a-stranger", ""),
        ("POST", "/_ministack/reset", ""),
        ("POST", "/_ministack/config", ""),
        ("GET", "/_ministack/sqs/messages", ""),
        ("GET", "/_ministack/lambda-code/lambda-trade-local", ""),
        ("GET", "/_aws/execute-api/x/y/z", ""),
    ],
)
def test_what_is_not_signed_by_a_key_of_this_start_is_refused(
    server: Server, method: str, path: str, authorization: str
) -> None:
    trust = ssl.create_default_context(cafile=server.certificate)
    request = urllib.request.Request(f"{server.endpoint}{path}", method=method)
    if authorization:
        request.add_header("Authorization", authorization)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, context=trust)
    assert refused.value.code == 403
    assert "refused: " in refused.value.read().decode()


def test_it_listens_on_one_port_of_loopback_even_for_root(server: Server) -> None:
    mine = {str(entry.readlink()) for entry in Path(f"/proc/{server.pid}/fd").iterdir()}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in mine]
    assert listening == [f"0100007F:{server.port:04X}"]


def test_files_and_folders_are_private_whatever_the_umask(server: Server, folder: Path) -> None:
    made = [folder, *folder.rglob("*")]
    assert len(made) > 5
    assert [path for path in made if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_the_secret_is_in_no_log_and_in_no_command_line(server: Server, folder: Path) -> None:
    assert server.secret_key not in (folder / "embedded-aws.log").read_text(errors="replace")
    assert server.secret_key not in Path(f"/proc/{server.pid}/cmdline").read_text()
    assert server.secret_key not in repr(server)
    assert not re.search("tapeproof-local|not-a-secret", Path(f"/proc/{server.pid}/environ").read_text())


@pytest.mark.parametrize(("bearer", "served"), [("", False), ("x", False), ("its own", True)])
def test_what_is_not_aws_is_for_whoever_holds_the_secret(server: Server, bearer: str, served: bool) -> None:
    trust = ssl.create_default_context(cafile=server.certificate)
    request = urllib.request.Request(f"{server.endpoint}/_ministack/health")
    request.add_header("Authorization", f"Bearer {server.secret_key if bearer == 'its own' else bearer}")
    with contextlib.ExitStack() as stack:
        if not served:
            stack.enter_context(pytest.raises(urllib.error.HTTPError, match="403"))
        with urllib.request.urlopen(request, context=trust) as answer:
            assert answer.status == 200
