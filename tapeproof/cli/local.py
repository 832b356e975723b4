"""`tapeproof local`: the whole stack on this machine."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.cli.values import parse_count, parse_port

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

__all__ = ["configure"]

DESCRIPTION = """Run the whole stack on this machine: the embedded AWS, the real Terraform, the real functions.

  tapeproof local up && tapeproof local apply     start it and put the stack on it
  tapeproof ops replay                            a built-in session of four exchanges, accounted for
  tapeproof ops latest BTC-USD                    what was recorded
  tapeproof local destroy && tapeproof local down remove it, and prove that nothing is left
  tapeproof local plan                            a plan for the gate and the report, without any of this

replay, status, latest, trades and redrive are commands of `tapeproof ops`, for this machine and for an account."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `tapeproof local`.

    Args:
        parser: The group's parser.
    """
    parser.description = DESCRIPTION
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    up = _add_command(commands, "up", "start the embedded AWS")
    up.add_argument("--port", type=parse_port, help="loopback port to serve (default: a free one)")
    plan = _add_command(commands, "plan", "plan the whole stack against an embedded AWS of its own, and write the plan")
    plan.add_argument(
        "--var-file", type=Path, default=Path("stack/environments/local.tfvars"), metavar="TFVARS",
        help="the environment (default: %(default)s)",
    )  # fmt: skip
    plan.add_argument(
        "--out", type=Path, default=Path("build/plan.json"), metavar="JSON", help="where (default: %(default)s)"
    )
    _add_command(commands, "apply", "build the Lambda zip and apply the stack to it")
    _add_command(commands, "destroy", "destroy the stack and prove that nothing is left")
    _add_command(commands, "down", "stop the embedded AWS, which forgets everything")
    demo = _add_command(commands, "demo", "do all of it once, and tear it down again")
    demo.add_argument("--keep", action="store_true", help="leave everything running")
    demo.add_argument("--messages", type=parse_count, default=2400, help="length of the session (default: %(default)s)")
    demo.add_argument("--seed", type=int, default=1, help="which session (default: %(default)s)")


def _add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    parser.add_argument("--dir", metavar="FOLDER", help="the local stack's folder (default: .local of the project)")
    parser.set_defaults(run=_make_run(name))
    return parser


def _make_run(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        # Loaded when it is asked for: `--help` need not wait for the SDK.
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        from tapeproof.local.errors import LocalStackError  # noqa: PLC0415

        action = getattr(importlib.import_module("tapeproof.local.actions"), name)
        try:
            status: int = action(arguments)
        except (BotoCoreError, ClientError) as error:
            raise LocalStackError(
                f"tapeproof local {name}: the embedded AWS refused or did not answer",
                why=str(error),
                fix="read its log (.local/embedded-aws.log), or start anew with `tapeproof local down`",
            ) from error
        return status

    return run
