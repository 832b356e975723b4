"""The local stack as a whole, on a stand-in for the embedded AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local import lifecycle
from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.errors import LeftoversError, TerraformFailedError
from tapeproof.local.lifecycle import LocalStack
from tapeproof.local.terraform_changes import Change
from tapeproof.ops.errors import NoStackError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.local.workspace import Workspace


@pytest.fixture
def stack(workspace: Workspace, fake_command: list[str]) -> Iterator[LocalStack]:
    stack = LocalStack(workspace)
    stack.aws = EmbeddedAws(workspace, command=fake_command)
    yield stack
    stack.aws.stop()


def test_a_new_server_is_empty_so_an_older_state_goes_and_a_running_ones_stays(stack: LocalStack) -> None:
    stack.workspace.prepare()
    stack.workspace.terraform_state.write_text("{}")
    server, new = stack.up()
    assert new
    assert not stack.workspace.terraform_state.exists()
    stack.workspace.terraform_state.write_text("{}")
    assert stack.up() == (server, False)
    assert stack.workspace.terraform_state.exists()
    assert stack.down()
    assert not stack.workspace.terraform_state.exists()
    assert not stack.down()


@pytest.mark.parametrize("needs", ["outputs", "prove_no_drift", "show_state", "require_running"])
def test_what_needs_a_server_says_how_to_start_one(stack: LocalStack, needs: str) -> None:
    with pytest.raises(NoStackError) as refused:
        getattr(stack, needs)()
    assert "tapeproof local up" in refused.value.diagnostics()


def test_the_suffix_is_what_the_variables_of_the_local_environment_say(
    stack: LocalStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stack.suffix == "local"
    variables = tmp_path / "local.tfvars"
    monkeypatch.setattr(lifecycle, "VARIABLES", variables)
    variables.write_text('# environment_suffix = "no"\nenvironment_suffix = "mine" # here\n')
    assert stack.suffix == "mine"
    variables.write_text('region = "us-east-1"\n')
    with pytest.raises(NoStackError, match="sets no environment_suffix"):
        _ = stack.suffix


@pytest.mark.parametrize("count", [0, 1, 12])
def test_whatever_another_apply_would_change_is_named(
    stack: LocalStack, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    changes = [Change(f"aws_sqs_queue.q{n}", "aws_sqs_queue", ("update",), ("policy",)) for n in range(count)]

    class _Terraform:
        def remaining_changes(self) -> list[Change]:
            return changes

    monkeypatch.setattr(LocalStack, "_terraform", lambda _: _Terraform())
    if not changes:
        stack.prove_no_drift()
        return
    with pytest.raises(TerraformFailedError, match=f"{count} resource") as failed:
        stack.prove_no_drift()
    assert failed.value.diagnostics().count(": update policy") == min(count, 10)


@pytest.mark.parametrize("found", [0, 1, 30])
def test_what_is_left_after_a_destruction_is_named(
    stack: LocalStack, monkeypatch: pytest.MonkeyPatch, found: int
) -> None:
    monkeypatch.setattr(LocalStack, "target", property(lambda _: None))
    left: list[Any] = [f"queue {number}" for number in range(found)]
    monkeypatch.setattr(lifecycle, "leftovers", lambda *_: left)
    if not found:
        stack.prove_nothing_is_left()
        return
    with pytest.raises(LeftoversError, match=f"{found} thing") as failed:
        stack.prove_nothing_is_left()
    assert failed.value.diagnostics().count("queue ") == min(found, 10)
