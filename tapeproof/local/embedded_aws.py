"""Starts and stops the embedded AWS: ministack in an environment and a process group of its own, on loopback only."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.local.certificate import make_certificate
from tapeproof.local.embedded_server import (
    HOST,
    Key,
    Server,
    find_free_port,
    is_ready,
    make_key,
    port_answers,
    server_environment,
)
from tapeproof.local.errors import EmbeddedAwsError
from tapeproof.local.process_group import STOPPED_WITHIN_S, end_group, signal_group
from tapeproof.local.process_identity import is_same_process, process_identity
from tapeproof.local.workspace import PROJECT, open_private, require_private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.local.workspace import Workspace

__all__ = ["EmbeddedAws"]

INTERPRETER = PROJECT / ".environments" / "embedded-aws" / "bin" / "python"
# Its own environment has no tapeproof. What is found last hides nothing of that environment, and unlike PYTHONPATH it
# does not reach the functions, which must find tapeproof in their zip.
START = """
import runpy, sys
sys.path.append(sys.argv.pop(1))
runpy.run_module("tapeproof.local.emulator", run_name="__main__")
"""
IMPORTED_FROM = Path(__file__).parents[2]
READY_WITHIN_S = 60.0
POLL_S = 0.05
FREE_PORT_ATTEMPTS = 3
LOG_TAIL_LINES = 12


class EmbeddedAws:
    """The embedded AWS of one workspace.

    Args:
        workspace: Where its record, log and scratch files are kept.
        command: The command that serves; when absent, ministack in its own environment, behind what AWS enforces.
    """

    def __init__(self, workspace: Workspace, *, command: Sequence[str] | None = None) -> None:
        self._workspace = workspace
        self._command = tuple(command) if command else (str(INTERPRETER), "-c", START, str(IMPORTED_FROM))

    def find_running(self) -> Server | None:
        """Return the server that was started here and still runs; a stale record is none.

        Raises:
            EmbeddedAwsError: The record of its keys is not the user's alone.
        """
        require_private(self._workspace.server_record)
        try:
            recorded = json.loads(self._workspace.server_record.read_text(encoding="utf-8"))
            server = Server(
                pid=int(recorded["pid"]),
                identity=str(recorded["identity"]),
                port=int(recorded["port"]),
                certificate=str(recorded["certificate"]),
                access_key=str(recorded["access_key"]),
                secret_key=str(recorded["secret_key"]),
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
            raise _runs_already(already)
        self._require_installed()
        self._workspace.prepare()
        for attempt in range(FREE_PORT_ATTEMPTS):
            chosen = port or find_free_port()
            if port and port_answers(port):
                raise _port_taken(port)
            try:
                return self._launch(chosen)
            except EmbeddedAwsError:
                # A free port can be taken by another program between finding and binding it.
                if port or attempt + 1 == FREE_PORT_ATTEMPTS or not port_answers(chosen):
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
        self._workspace.shell_variables.unlink(missing_ok=True)
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
        home.mkdir(parents=True, mode=0o700)
        (home / "tmp").mkdir(mode=0o700)
        certificate, key = make_certificate(home, HOST)
        administrator = make_key()
        with os.fdopen(open_private(self._workspace.server_log, os.O_APPEND), "ab") as log:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=home,
                env=server_environment(home, port, certificate, key, administrator),
                umask=0o077,
                start_new_session=True,
            )
        try:
            server = self._record(process, port, certificate, administrator)
            self._await_ready(process, server)
        except BaseException:
            # Also on Ctrl-C: a server that nobody waited for would be left behind.
            signal_group(process.pid, signal.SIGKILL)
            process.wait(STOPPED_WITHIN_S)
            self._workspace.server_record.unlink(missing_ok=True)
            raise
        # It is meant to outlive this object; Popen would warn about a child that nobody waited for.
        process.returncode = 0
        return server

    def _record(self, process: subprocess.Popen[bytes], port: int, certificate: Path, administrator: Key) -> Server:
        identity = process_identity(process.pid) or ""
        server = Server(process.pid, identity, port, str(certificate), *administrator)
        path = self._workspace.server_record
        scratch = path.with_suffix(".new")
        scratch.unlink(missing_ok=True)
        with os.fdopen(open_private(scratch, os.O_EXCL), "w", encoding="utf-8") as out:
            json.dump(asdict(server), out)
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
            if is_ready(server):
                return
            time.sleep(POLL_S)
        raise EmbeddedAwsError(
            f"the embedded AWS did not get ready within {READY_WITHIN_S:.0f} s on port {server.port}",
            why=f"its log {self._workspace.server_log} ends with:\n{self.log_tail()}",
            fix="see whether the machine is overloaded, then try again",
        )

    def _end(self, server: Server) -> None:
        if end_group(server.pid, server.identity):
            return
        raise EmbeddedAwsError(
            f"the embedded AWS, process {server.pid}, does not end", fix=f"end process group {server.pid} by hand"
        )


def _runs_already(server: Server) -> EmbeddedAwsError:
    return EmbeddedAwsError(
        f"the embedded AWS already runs on port {server.port}, process {server.pid}",
        fix="stop it with `tapeproof local down`, or leave --port out",
    )


def _port_taken(port: int) -> EmbeddedAwsError:
    return EmbeddedAwsError(
        f"port {port} on {HOST} is taken by another program",
        fix="name another with --port, or leave it out to get a free one",
    )
