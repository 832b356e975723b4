"""The embedded AWS as a process: its address, its keys, and the environment that ministack is started in.

`AUTH=true` makes it check every call against the caller's IAM policies; a function's calls carry its own role. The
administrator's key is made at each start. It is kept in the server's record, which only the owner can read, and handed
to the server in its environment; `owner_only` refuses what is not signed by it or by a key handed out under it.

It serves HTTPS, with a certificate made at each start, because the stack's policies refuse what does not come by TLS
(`aws:SecureTransport`), as they would on AWS.
"""

from __future__ import annotations

import os
import secrets
import socket
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.ops.target import REGION

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "HOST",
    "Key",
    "Server",
    "find_free_port",
    "is_ready",
    "make_key",
    "port_answers",
    "server_environment",
]

HOST = "127.0.0.1"
API_CALLS_KEPT = 20_000
"""How many API calls its CloudTrail remembers."""


class Key(NamedTuple):
    """An administrator's key: its id, and the secret that requests are signed with."""

    access_key: str
    secret_key: str


def make_key() -> Key:
    """Return a key that nobody has had before."""
    return Key(f"TAPEPROOF{secrets.token_hex(8).upper()}", secrets.token_urlsafe(30))


@dataclass(frozen=True, slots=True)
class Server:
    """A running embedded AWS.

    Args:
        pid: The process, which leads its own process group.
        identity: What tells the process from a later one with the same id.
        port: The loopback port it serves.
        certificate: The path of the certificate to trust.
        access_key: The administrator's key of this start.
        secret_key: Its secret.
    """

    pid: int
    identity: str
    port: int
    certificate: str
    access_key: str
    secret_key: str = field(repr=False)

    @property
    def endpoint(self) -> str:
        """The address for `AWS_ENDPOINT_URL`."""
        return f"https://{HOST}:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return the variables that make boto3, Terraform and the AWS CLI talk to it as its administrator."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_CA_BUNDLE": self.certificate,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
        }

    def ask(self, method: str, path: str, body: bytes | None = None, timeout_s: float = 2) -> tuple[int, bytes]:
        """Ask one of its own paths, which no AWS has, as its administrator, and return status and answer.

        Raises:
            OSError: It cannot be reached, or answers with an error.
        """
        trust = ssl.create_default_context(cafile=self.certificate)
        # No proxy: the address is loopback whatever the user's environment says.
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )
        headers = {"Authorization": f"Bearer {self.secret_key}"}
        request = urllib.request.Request(self.endpoint + path, body, headers, method=method)  # noqa: S310 - https, loopback
        with opener.open(request, timeout=timeout_s) as response:
            return int(response.status), response.read()


def server_environment(home: Path, port: int, certificate: Path, key: Path, administrator: Key) -> dict[str, str]:
    """Return the whole environment of a server with this home, port, certificate and its key, and administrator."""
    # Built from nothing: a proxy, an AWS profile or a Docker host of the user must not reach it.
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "LANG": "C.UTF-8",
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "USE_SSL": "1",
        "MINISTACK_SSL_CERT": str(certificate),
        "MINISTACK_SSL_KEY": str(key),
        # Handed on to the functions' workers, so that their calls trust it.
        "AWS_CA_BUNDLE": str(certificate),
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": administrator.access_key,
        "AWS_SECRET_ACCESS_KEY": administrator.secret_key,
        "MINISTACK_REGION": REGION,
        "CLOUDTRAIL_RECORDING": "1",
        "CLOUDTRAIL_MAX_EVENTS": str(API_CALLS_KEPT),
        "S3_DATA_DIR": str(home / "s3"),
        "STATE_DIR": str(home / "state"),
        # Off: they would listen on ports of their own, and it would look for containers to remove.
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "DOCKER_HOST": f"unix://{home / 'no-docker'}",
    }


def is_ready(server: Server) -> bool:
    """Return whether a server answers that it is ready."""
    try:
        return server.ask("GET", "/_ministack/ready")[0] == HTTPStatus.OK
    except (urllib.error.URLError, OSError):
        return False


def find_free_port() -> int:
    """Return a loopback port that nothing serves now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def port_answers(port: int) -> bool:
    """Return whether something serves a loopback port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
