"""Starting, finding and stopping the embedded AWS, with a stand-in server."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tapeproof.local import embedded_aws, process_group
from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.embedded_server import HOST
from tapeproof.local.errors import EmbeddedAwsError
from tapeproof.local.process_identity import process_identity
from tests.effort import seconds_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.local.workspace import Workspace


@pytest.fixture
def aws(workspace: Workspace, fake_command: list[str]) -> Iterator[EmbeddedAws]:
    embedded = EmbeddedAws(workspace, command=fake_command)
    yield embedded
    embedded.stop()


def _mode(fake_command: list[str], mode: str) -> list[str]:
    return [*fake_command[:-1], mode]


def _gone(pid: int) -> bool:
    give_up = time.monotonic() + seconds_here(5)
    while time.monotonic() < give_up:
        if process_identity(pid) is None:
            return True
        time.sleep(0.02)
    return False


def test_it_answers_on_loopback_once_start_returns(aws: EmbeddedAws) -> None:
    server = aws.start()
    trust = ssl.create_default_context(cafile=server.certificate)
    with urllib.request.urlopen(f"{server.endpoint}/_ministack/ready", context=trust) as response:
        assert response.status == 200
    assert server.endpoint == f"https://127.0.0.1:{server.port}"


def test_the_private_key_is_readable_by_its_owner_only(aws: EmbeddedAws, workspace: Workspace) -> None:
    aws.start()
    assert stat.S_IMODE((workspace.server_home / "server.key").stat().st_mode) == 0o600


def test_another_command_finds_the_running_server_through_its_record(
    aws: EmbeddedAws, workspace: Workspace, fake_command: list[str]
) -> None:
    server = aws.start()
    assert EmbeddedAws(workspace, command=fake_command).find_running() == server


def test_starting_twice_gives_the_same_server(aws: EmbeddedAws) -> None:
    assert aws.start() == aws.start()


def test_asking_for_another_port_than_the_running_one_is_refused(aws: EmbeddedAws) -> None:
    server = aws.start()
    with pytest.raises(EmbeddedAwsError, match=f"already runs on port {server.port}"):
        aws.start(port=server.port + 1)


def test_stop_ends_the_server_its_workers_and_its_scratch_files(workspace: Workspace, fake_command: list[str]) -> None:
    aws = EmbeddedAws(workspace, command=_mode(fake_command, "with-worker"))
    server = aws.start()
    worker = int(workspace.server_log.read_text().split("worker-pid ")[1].split()[0])
    assert process_identity(worker) is not None
    assert aws.stop()
    assert _gone(server.pid)
    assert _gone(worker)
    assert not workspace.server_record.exists()
    assert not workspace.server_home.exists()


def test_a_server_that_ignores_the_polite_signal_is_killed(
    workspace: Workspace, fake_command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_group, "STOPPED_WITHIN_S", 0.3)
    aws = EmbeddedAws(workspace, command=_mode(fake_command, "stubborn"))
    server = aws.start()
    assert aws.stop()
    assert _gone(server.pid)


def test_stopping_what_does_not_run_is_no_error(aws: EmbeddedAws) -> None:
    assert not aws.stop()


def test_after_a_crash_the_stale_record_is_seen_through_and_a_new_server_starts(aws: EmbeddedAws) -> None:
    crashed = aws.start()
    os.kill(crashed.pid, signal.SIGKILL)
    os.waitpid(crashed.pid, 0)
    assert aws.find_running() is None
    assert aws.start().pid != crashed.pid


def test_a_stranger_that_got_the_recorded_process_id_is_never_signalled(aws: EmbeddedAws, workspace: Workspace) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    try:
        workspace.prepare()
        record = {"pid": stranger.pid, "identity": "another boot:1", "port": 1, "certificate": ""}
        workspace.server_record.write_text(json.dumps(record))
        workspace.server_record.chmod(0o600)
        assert aws.find_running() is None
        assert not aws.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"pid": "x", "identity": "", "port": 1}', "\x00"])
def test_a_damaged_record_is_no_server(aws: EmbeddedAws, workspace: Workspace, record: str) -> None:
    workspace.prepare()
    workspace.server_record.write_text(record)
    workspace.server_record.chmod(0o600)
    assert aws.find_running() is None


def test_a_taken_port_is_named_with_the_way_out(aws: EmbeddedAws) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(EmbeddedAwsError) as refused:
            aws.start(port=port)
    assert f"port {port}" in refused.value.diagnostics()
    assert "--port" in refused.value.diagnostics()


def test_a_server_that_dies_at_the_start_is_reported_with_its_last_words(
    workspace: Workspace, fake_command: list[str]
) -> None:
    aws = EmbeddedAws(workspace, command=_mode(fake_command, "dies"))
    with pytest.raises(EmbeddedAwsError) as refused:
        aws.start()
    assert "status 3" in refused.value.diagnostics()
    assert "fake server: dies" in refused.value.diagnostics()
    assert not workspace.server_record.exists()


def test_a_server_that_never_gets_ready_is_given_up_and_ended(
    workspace: Workspace, fake_command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_aws, "READY_WITHIN_S", 0.5)
    aws = EmbeddedAws(workspace, command=_mode(fake_command, "silent"))
    with pytest.raises(EmbeddedAwsError, match="did not get ready"):
        aws.start()
    assert aws.find_running() is None


def test_a_missing_environment_names_the_command_that_makes_it(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EmbeddedAwsError) as refused:
        EmbeddedAws(workspace, command=[str(tmp_path / "no" / "python")]).start()
    assert "make setup" in refused.value.diagnostics()


def test_the_users_proxies_and_profiles_do_not_reach_the_server(
    aws: EmbeddedAws, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "AWS_PROFILE", "AWS_ENDPOINT_URL", "PYTHONPATH"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    aws.start()
    told = workspace.server_log.read_text()
    assert not any(name in told for name in ("HTTP_PROXY", "AWS_PROFILE", "AWS_ENDPOINT_URL", "PYTHONPATH"))


def test_an_interrupt_while_it_starts_leaves_nothing_running(
    workspace: Workspace, fake_command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def interrupt(_: object, process: subprocess.Popen[bytes], __: object) -> None:
        seen.append(process.pid)
        raise KeyboardInterrupt

    monkeypatch.setattr(EmbeddedAws, "_await_ready", interrupt)
    aws = EmbeddedAws(workspace, command=fake_command)
    with pytest.raises(KeyboardInterrupt):
        aws.start()
    assert _gone(seen[0])
