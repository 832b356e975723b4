"""Whom a command of `tapeproof local` speaks to: the local stack, or an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.local.lifecycle import LocalStack
from tapeproof.local.workspace import Workspace
from tapeproof.ops.errors import LocalStackError
from tapeproof.ops.target import aws_account, read_outputs

if TYPE_CHECKING:
    import argparse

    from tapeproof.ops.target import StackOutputs, Target

__all__ = ["stack_of", "target_of"]


def stack_of(arguments: argparse.Namespace) -> LocalStack:
    """Return the local stack that the arguments name."""
    return LocalStack(Workspace.locate(arguments.dir))


def target_of(arguments: argparse.Namespace) -> tuple[Target, StackOutputs]:
    """Return the AWS that the arguments name, and the outputs of the stack on it.

    Raises:
        LocalStackError: Nothing runs or is applied, or an account is named without outputs.
    """
    stack = stack_of(arguments)
    if not (arguments.account or arguments.profile):
        return stack.target, read_outputs(arguments.outputs) if arguments.outputs else stack.outputs()
    if not arguments.outputs:
        raise LocalStackError(
            "an account needs --outputs FILE", fix="write it with `terraform -chdir=stack output -json > FILE`"
        )
    return aws_account(arguments.profile), read_outputs(arguments.outputs)
