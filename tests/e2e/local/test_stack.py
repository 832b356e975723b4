"""The applied stack is what the configuration says, and everything it consists of can be listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.errors import EmbeddedAwsError, LeftoversError
from tapeproof.local.leftovers import LISTINGS, leftovers
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.local.lifecycle import LocalStack

pytestmark = pytest.mark.embedded_aws

TERRAFORM = PROJECT / "stack"
NOT_MADE_HERE = {
    ("cloudtrail", "trail"): "`change_watch`, which may make one, is off in the local environment",
    ("sns", "subscription"): "made only for `alarm_subscriptions`, of which local.tfvars has none",
    ("iam", "policy"): "every policy of the stack is inline, and goes with its role",
}


def test_after_an_apply_nothing_would_change(applied_stack: LocalStack) -> None:
    applied_stack.prove_no_drift()


def test_every_kind_of_resource_that_the_stack_makes_is_found_while_it_is_there(applied_stack: LocalStack) -> None:
    found = {(leftover.service, leftover.kind) for leftover in leftovers(applied_stack.target, "local")}
    listed = {(service, kind) for service, kind, _ in LISTINGS}
    assert found == listed - NOT_MADE_HERE.keys()


def test_what_is_left_is_named(applied_stack: LocalStack) -> None:
    with pytest.raises(LeftoversError) as refused:
        applied_stack.prove_nothing_is_left()
    assert re.search(r"\d+ things? (is|are) left", refused.value.diagnostics())
    assert "lambda function lambda-" in refused.value.diagnostics()


def test_functions_reach_the_embedded_aws_with_their_own_role_only(applied_stack: LocalStack) -> None:
    client, names = applied_stack.target.client("lambda"), applied_stack.outputs().function_names
    roles = {client.get_function_configuration(FunctionName=name)["Role"] for name in names.values()}
    assert len(roles) == len(names)


def test_a_second_server_is_not_started_over_a_running_one(applied_stack: LocalStack) -> None:
    server = applied_stack.aws.find_running()
    assert server is not None
    with pytest.raises(EmbeddedAwsError, match="already runs"):
        EmbeddedAws(applied_stack.workspace).start(port=server.port - 1)
    assert applied_stack.up() == (server, False)


def test_the_demonstration_refuses_to_destroy_a_stack_that_is_in_use(
    applied_stack: LocalStack, local_command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert local_command("demo") == 13
    assert "a local stack already runs here" in capsys.readouterr().err
    assert applied_stack.aws.find_running() is not None


def test_status_says_what_runs(local_command: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    local_command("status")
    said = capsys.readouterr().out
    assert "embedded AWS on port" in said
    assert "dead letters:" in said
