"""`tapeproof local`: the whole stack on this machine, and the same replay against an account."""

from __future__ import annotations

import argparse
import importlib
import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["configure"]

DESCRIPTION = """Run the whole stack on this machine: the embedded AWS, the real Terraform, the real functions.

  tapeproof local up && tapeproof local apply     start it and put the stack on it
  tapeproof local replay                          a built-in session of four exchanges, accounted for
  tapeproof local replay kraken-book.capture      a recorded one
  tapeproof local latest BTC-USD                  what was recorded
  tapeproof local destroy && tapeproof local down remove it, and prove that nothing is left

replay, status, latest, trades and redrive also work on an account: name a profile with --profile, or use the SDK's
own configuration with --account, and name the stack's outputs with --outputs."""
USER_PORTS = range(1024, 65536)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `tapeproof local`.

    Args:
        parser: The group's parser.
    """
    parser.description = DESCRIPTION
    commands = parser.add_subparsers(metavar="command", required=True)

    up = _command(commands, "up", "start the embedded AWS", _run("up"))
    up.add_argument("--port", type=_port, help="loopback port to serve (default: a free one)")
    _command(commands, "apply", "build the Lambda zip and apply the stack to it", _run("apply"))
    _replay(_command(commands, "replay", "publish a session and account for every event", _run("replay")))
    status = _command(commands, "status", "show what runs, and account for a run again", _run("status"))
    status.add_argument("--run", type=Path, metavar="FILE", dest="manifest", help="manifest (default: the last run's)")
    _account(status)
    latest = _command(commands, "latest", "show the newest trade and quote of a symbol", _run("latest", "reading"))
    latest.add_argument("symbol", help="such as BTC-USD")
    _json(latest)
    _account(latest)
    _trades(_command(commands, "trades", "show the trades of a symbol in a range of time", _run("trades", "reading")))
    redrive = _command(commands, "redrive", "hand dead letters to where they were going", _run("redrive"))
    redrive.add_argument("--queue", action="append", metavar="PURPOSE", help="only this dead-letter queue; repeatable")
    _account(redrive)
    _command(commands, "destroy", "destroy the stack and prove that nothing is left", _run("destroy"))
    _command(commands, "down", "stop the embedded AWS, which forgets everything", _run("down"))
    demo = _command(commands, "demo", "do all of it once, and tear it down again", _run("demo"))
    demo.add_argument("--keep", action="store_true", help="leave everything running")
    demo.add_argument("--messages", type=_positive, default=2400, help="length of the session (default: %(default)s)")
    demo.add_argument("--seed", type=int, default=1, help="which session (default: %(default)s)")


def _replay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("captures", nargs="*", type=Path, metavar="CAPTURE", help="recorded feeds (default: built in)")
    parser.add_argument("--venue", help="exchange of the captures (default: what each file's name starts with)")
    pace = parser.add_mutually_exclusive_group()
    pace.add_argument("--rate", type=_rate, help="messages per second")
    pace.add_argument(
        "--speed", type=_speed, default=1.0, metavar="N|max", help="times its own speed, or max (default: 1)"
    )
    parser.add_argument("--limit", type=_positive, metavar="N", help="at most so many messages")
    parser.add_argument("--seed", type=int, default=1, help="which built-in session (default: %(default)s)")
    parser.add_argument(
        "--built-in", action="store_true", help="play the built-in session on an account too, where its trades stay"
    )
    parser.add_argument("--settle", type=_rate, metavar="SECONDS", help="wait at most so long for the last decisions")
    _account(parser)


def _trades(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("symbol", help="such as BTC-USD")
    parser.add_argument("--from", dest="start", metavar="TIME", help="ISO 8601, UTC (default: an hour before --to)")
    parser.add_argument("--to", dest="end", metavar="TIME", help="ISO 8601, UTC (default: now)")
    parser.add_argument("--venue", help="one exchange only")
    parser.add_argument("--limit", type=_positive, default=50, metavar="N", help="at most so many (default: 50)")
    _json(parser)
    _account(parser)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="a JSON document a line, with the whole audit reference")


def _account(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("on an account instead of this machine")
    group.add_argument("--account", action="store_true", help="use the account that the AWS SDK is configured for")
    group.add_argument("--profile", help="use the account of this profile")
    group.add_argument("--outputs", type=Path, metavar="FILE", help="what `terraform output -json` printed there")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
    parser.add_argument("--dir", metavar="FOLDER", help="the local stack's folder (default: .local of the project)")
    parser.set_defaults(run=run)
    return parser


def _run(name: str, module: str = "actions") -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        # Loaded when it is asked for: `--help` need not wait for the SDK.
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        from tapeproof.ops.errors import LocalStackError  # noqa: PLC0415

        action: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(f"tapeproof.ops.{module}"), name)
        try:
            return action(arguments)
        except (BotoCoreError, ClientError) as error:
            raise LocalStackError(
                f"tapeproof local {name}: AWS refused or did not answer",
                why=str(error),
                fix="see whether it runs (`tapeproof local status`) and whether the credentials allow the call",
            ) from error

    return run


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) not in USER_PORTS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1024 to 65535")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return rate


def _speed(text: str) -> float | None:
    return None if text == "max" else _rate(text)
