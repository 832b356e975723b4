"""Starts and stops the embedded AWS: ministack in an environment and a process group of its own, on loopback only.

`AUTH=true` makes it check every call against the caller's IAM policies; a function's calls carry its own role. The
administrator's key is the one in `AWS_ACCESS_KEY_ID` of the server's environment. It is no secret: ministack takes any
signature for it, so what protects the embedded AWS is that it listens on loopback and holds nothing of value.

It serves HTTPS, with a certificate made at each start, because the stack's policies refuse what does not come by TLS
(`aws:SecureTransport`), as they would on AWS.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.local.certificate import make_certificate
from tapeproof.local.errors import EmbeddedAwsError
from tapeproof.local.process_identity import is_same_process, process_identity
from tapeproof.local.workspace import PROJECT
from tapeproof.ops.target import REGION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.local.workspace import Workspace

__all__ = ["ACCESS_KEY", "HOST", "SECRET_KEY", "EmbeddedAws", "Server"]

HOST = "127.0.0.1"
ACCESS_KEY = "tapeproof-local"
SECRET_KEY = "not-a-secret"  # noqa: S105 - see the module's docstring
INTERPRETER = PROJECT / ".environments" / "embedded-aws" / "bin" / "python"
READY_WITHIN_S = 60.0
STOPPED_WITHIN_S = 3.0
"""It keeps nothing, so being killed after that costs nothing."""
POLL_S = 0.05
FREE_PORT_ATTEMPTS = 3
LOG_TAIL_LINES = 12
API_CALLS_KEPT = 20_000
"""How many API calls its CloudTrail remembers."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running embedded AWS.

    Args:
        pid: The process, which leads its own process group.
        identity: What tells the process from a later one with the same id.
        port: The loopback port it serves.
        certificate: The path of the certificate to trust.
    """

    pid: int
    identity: str
    port: int
    certificate: str

    @property
    def endpoint(self) -> str:
        """The address for `AWS_ENDPOINT_URL`."""
        return f"https://{HOST}:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return the variables that make boto3, Terraform and the AWS CLI talk to it as its administrator."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_CA_BUNDLE": self.certificate,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
        }


class EmbeddedAws:
    """The embedded AWS of one workspace.

    Args:
        workspace: Where its record, log and scratch files are kept.
        command: The command that serves; ministack in its own environment when absent.
    """

    def __init__(self, workspace: Workspace, *, command: Sequence[str] | None = None) -> None:
        self._workspace = workspace
        self._command = tuple(command) if command else (str(INTERPRETER), "-m", "ministack")

    def find_running(self) -> Server | None:
        """Return the server that was started here and still runs; a stale record is none."""
        try:
            recorded = json.loads(self._workspace.server_record.read_text(encoding="utf-8"))
            server = Server(
                pid=int(recorded["pid"]),
                identity=str(recorded["identity"]),
                port=int(recorded["port"]),
                certificate=str(recorded["certificate"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return server if is_same_process(server.pid, server.identity) else None

    def start(self, port: int | None = None) -> Server:
        """Start it and return when it answers; return the running one when it already does.

        Args:
            port: The port to serve; a free one when absent.

        Raises:
            EmbeddedAwsError: It is not installed, the port is taken, it dies at the start or does not get ready.
        """
        already = self.find_running()
        if already is not None:
            if port in {None, already.port}:
                return already
            raise EmbeddedAwsError(
                f"the embedded AWS already runs on port {already.port}, process {already.pid}",
                fix="stop it with `tapeproof local down`, or leave --port out",
            )
        self._require_installed()
        self._workspace.prepare()
        for attempt in range(FREE_PORT_ATTEMPTS):
            chosen = port or _free_port()
            if port and _answers(port):
                raise _port_taken(port)
            try:
                return self._launch(chosen)
            except EmbeddedAwsError:
                # A free port can be taken by another program between finding and binding it.
                if port or attempt + 1 == FREE_PORT_ATTEMPTS or not _answers(chosen):
                    raise
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def stop(self) -> bool:
        """Stop the whole process group and forget it; return whether it ran.

        Raises:
            EmbeddedAwsError: It survives even a kill.
        """
        server = self.find_running()
        if server is not None:
            self._end(server)
        self._workspace.server_record.unlink(missing_ok=True)
        shutil.rmtree(self._workspace.server_home, ignore_errors=True)
        return server is not None

    def log_tail(self, lines: int = LOG_TAIL_LINES) -> str:
        """Return the last lines of its log, indented; the empty string when there is none."""
        try:
            text = self._workspace.server_log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])

    def _require_installed(self) -> None:
        if not Path(self._command[0]).exists():
            raise EmbeddedAwsError(
                f"{self._command[0]}: the environment of the embedded AWS is not there",
                why="it is set up apart from the project's own environment, because its packages conflict",
                fix="run `make setup` in a checkout of the project",
            )

    def _launch(self, port: int) -> Server:
        home = self._workspace.server_home
        shutil.rmtree(home, ignore_errors=True)
        (home / "tmp").mkdir(parents=True)
        certificate, key = make_certificate(home, HOST)
        with self._workspace.server_log.open("ab") as log:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=home,
                env=_server_environment(home, port, certificate, key),
                start_new_session=True,
            )
        try:
            server = self._record(process, port, certificate)
            self._await_ready(process, server)
        except BaseException:
            # Also on Ctrl-C: a server that nobody waited for would be left behind.
            _signal_group(process.pid, signal.SIGKILL)
            process.wait(STOPPED_WITHIN_S)
            self._workspace.server_record.unlink(missing_ok=True)
            raise
        # It is meant to outlive this object; Popen would warn about a child that nobody waited for.
        process.returncode = 0
        return server

    def _record(self, process: subprocess.Popen[bytes], port: int, certificate: Path) -> Server:
        identity = process_identity(process.pid) or ""
        server = Server(pid=process.pid, identity=identity, port=port, certificate=str(certificate))
        path = self._workspace.server_record
        scratch = path.with_suffix(".new")
        scratch.write_text(json.dumps(asdict(server)), encoding="utf-8")
        scratch.replace(path)
        return server

    def _await_ready(self, process: subprocess.Popen[bytes], server: Server) -> None:
        give_up = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < give_up:
            status = process.poll()
            if status is not None:
                raise EmbeddedAwsError(
                    f"the embedded AWS ended with status {status} before it was ready",
                    why=f"its log {self._workspace.server_log} ends with:\n{self.log_tail()}",
                    fix="if its packages are broken, remove .environments/embedded-aws and run `make setup`",
                )
            if _is_ready(server):
                return
            time.sleep(POLL_S)
        raise EmbeddedAwsError(
            f"the embedded AWS did not get ready within {READY_WITHIN_S:.0f} s on port {server.port}",
            why=f"its log {self._workspace.server_log} ends with:\n{self.log_tail()}",
            fix="see whether the machine is overloaded, then try again",
        )

    def _end(self, server: Server) -> None:
        for how in (signal.SIGTERM, signal.SIGKILL):
            _signal_group(server.pid, how)
            give_up = time.monotonic() + STOPPED_WITHIN_S
            while time.monotonic() < give_up:
                _collect(server.pid)
                if not is_same_process(server.pid, server.identity):
                    # Functions' workers end with their server; what is left of the group is told once more.
                    _signal_group(server.pid, signal.SIGKILL)
                    return
                time.sleep(POLL_S)
        raise EmbeddedAwsError(
            f"the embedded AWS, process {server.pid}, does not end", fix=f"end process group {server.pid} by hand"
        )


def _server_environment(home: Path, port: int, certificate: Path, key: Path) -> dict[str, str]:
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
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
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


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _port_taken(port: int) -> EmbeddedAwsError:
    return EmbeddedAwsError(
        f"port {port} on {HOST} is taken by another program",
        fix="name another with --port, or leave it out to get a free one",
    )


def _is_ready(server: Server) -> bool:
    try:
        trust = ssl.create_default_context(cafile=server.certificate)
        # No proxy: the address is loopback whatever the user's environment says.
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )
        with opener.open(f"{server.endpoint}/_ministack/ready", timeout=2) as response:
            return bool(response.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def _signal_group(pid: int, how: signal.Signals) -> None:
    try:
        os.killpg(pid, how)
    except (ProcessLookupError, PermissionError):
        return


def _collect(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
