"""Whom a command speaks to: the stack on this machine, or an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.local.lifecycle import LocalStack
from tapeproof.local.workspace import Workspace
from tapeproof.ops.errors import OperationError
from tapeproof.ops.target import Addressee, aws_account, read_outputs

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

__all__ = ["find_addressee", "find_stack"]


def find_stack(arguments: argparse.Namespace) -> LocalStack:
    """Return the local stack that the arguments name."""
    return LocalStack(Workspace.locate(arguments.dir))


def find_addressee(arguments: argparse.Namespace) -> Addressee:
    """Return the AWS that the arguments name, and the outputs of the stack on it.

    Raises:
        TapeproofError: Nothing runs or is applied, or an account is named without outputs.
    """
    stack = find_stack(arguments)
    runs = stack.workspace.runs
    if getattr(arguments, "in_process", False):
        return _this_process(arguments, runs)
    if not (arguments.account or arguments.profile):
        target = stack.target
        return Addressee(target, read_outputs(arguments.outputs) if arguments.outputs else stack.outputs(), runs)
    if not arguments.outputs:
        raise OperationError(
            "an account needs --outputs FILE", fix="write it with `terraform -chdir=stack output -json > FILE`"
        )
    return Addressee(aws_account(arguments.profile), read_outputs(arguments.outputs), runs)


def _this_process(arguments: argparse.Namespace, runs: Path) -> Addressee:
    if arguments.account or arguments.profile or arguments.outputs:
        raise OperationError("--in-process is this process and no account", fix="leave out one of the two")
    from tapeproof.local.one_process import find_in_process  # noqa: PLC0415 - it loads the handlers

    return find_in_process(runs)
