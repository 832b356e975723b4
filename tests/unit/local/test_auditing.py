"""The auditor's part of the demonstration: commands in processes of their own."""

from __future__ import annotations

import io
import json
import subprocess
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local import auditing
from tapeproof.local.auditing import Auditing
from tapeproof.local.errors import AuditingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.local.workspace import Workspace


@pytest.fixture
def audit(workspace: Workspace) -> Callable[..., Auditing]:
    """Return a function that makes what audits a stack whose sealer answers as it is told."""
    workspace.prepare()
    workspace.terraform_state.write_text(json.dumps({"outputs": {"log_origin": {"value": "x"}}}))
    server = SimpleNamespace(
        endpoint="https://127.0.0.1:1", environment=lambda: {"AWS_ENDPOINT_URL": "https://127.0.0.1:1"}
    )

    def make(payload: str = "{}", **answer: str) -> Auditing:
        invoked = {"Payload": io.BytesIO(payload.encode()), **answer}
        client = SimpleNamespace(invoke=lambda **_: invoked)
        stack = SimpleNamespace(
            workspace=workspace, suffix="local", require_running=lambda: server,
            target=SimpleNamespace(client=lambda _: client),
        )  # fmt: skip
        return Auditing(stack)  # type: ignore[arg-type]

    return make


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Return the commands that were run, with their environments; each ends well and says so."""
    commands: list[tuple[list[str], dict[str, str]]] = []

    def run(command: list[str], env: dict[str, str], **_: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
        commands.append((command[3:], env))
        return subprocess.CompletedProcess(command, 0, stdout="VERIFIED\n", stderr="")

    monkeypatch.setattr(auditing.subprocess, "run", run)
    return commands


def test_the_sealer_answers_or_its_failure_is_told(audit: Callable[..., Auditing]) -> None:
    assert audit('{"size": 3}').seal("sealer") == {"size": 3}
    assert audit("null").seal("sealer") == {}
    with pytest.raises(AuditingError, match="sealer failed") as failed:
        audit('{"errorMessage": "no key"}', FunctionError="Unhandled").seal("sealer")
    assert "no key" in failed.value.diagnostics()


def test_an_export_is_made_anew_and_pinned(
    audit: Callable[..., Auditing], ran: list[tuple[list[str], dict[str, str]]]
) -> None:
    auditor = audit()
    auditor.export.mkdir()
    (auditor.export / "old").write_text("")
    auditor.pin.write_text("old")
    auditor.export_and_pin()
    assert [command[:2] for command, _ in ran] == [["audit", "export"], ["audit", "pin"]]
    assert not (auditor.export / "old").exists()
    assert not auditor.pin.exists()
    assert json.loads((auditor.stack.workspace.root / "outputs.json").read_text()) == {"log_origin": {"value": "x"}}


def test_an_export_is_verified_against_its_pin_and_drilled(
    audit: Callable[..., Auditing], ran: list[tuple[list[str], dict[str, str]]]
) -> None:
    auditor = audit()
    assert auditor.verify() == "VERIFIED"
    assert auditor.drill() == "VERIFIED"
    assert ran[0][0] == ["audit", "verify", str(auditor.export), "--pin", str(auditor.pin), "--quiet"]
    assert ran[1][0][:2] == ["audit", "drill"]


def test_evidence_of_an_emulator_is_said_to_be_simulated_and_its_key_is_made_once(
    audit: Callable[..., Auditing], ran: list[tuple[list[str], dict[str, str]]]
) -> None:
    auditor = audit()
    workspace = auditor.stack.workspace
    for _ in range(2):
        auditor.report(plan=workspace.plan_document, state=workspace.state_document)
        (workspace.root / "evidence-key.pem").write_text("key")
    assert all("--simulated" in command for command, _ in ran)
    assert ["--create-key" in command for command, _ in ran] == [True, False]


def test_commands_speak_to_the_local_stack_and_to_no_account(
    audit: Callable[..., Auditing], ran: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://aws.example")
    audit().drill()
    ((_, environment),) = ran
    assert "AWS_PROFILE" not in environment
    assert environment["AWS_ENDPOINT_URL"] == "https://127.0.0.1:1"
    assert "127.0.0.1" in environment["NO_PROXY"]


def test_another_verdict_than_expected_is_an_error_with_what_was_said(
    audit: Callable[..., Auditing], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.CompletedProcess([], 1, stdout="TAMPERED lane 7", stderr="")
    monkeypatch.setattr(auditing.subprocess, "run", lambda *_, **__: done)
    with pytest.raises(AuditingError, match="`tapeproof audit verify` ended with status 1") as failed:
        audit().verify()
    assert "TAMPERED lane 7" in failed.value.diagnostics()
