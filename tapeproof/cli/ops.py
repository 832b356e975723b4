"""`tapeproof ops`: replay, read, redrive and reconcile, on an account or on the stack of this machine."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.cli.values import parse_count, parse_rate, parse_route_rate, parse_share, parse_speed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

__all__ = ["configure"]

DESCRIPTION = """Replay, read, redrive and reconcile, on an account or on the stack of this machine.

  tapeproof ops replay                      a built-in session of four exchanges, accounted for
  tapeproof ops replay kraken-book.capture  a recorded one
  tapeproof ops replay es.mbo.dbn.zst       one of Databento's
  tapeproof ops latest BTC-USD              what was recorded
  tapeproof ops redrive --profile prod --outputs outputs.json

Without --account or --profile the stack of this machine is meant (tapeproof local up, tapeproof local apply)."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `tapeproof ops`.

    Args:
        parser: The group's parser.
    """
    parser.description = DESCRIPTION
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_replay(_add_command(commands, "replay", "publish a session and account for every event"))
    status = _add_command(commands, "status", "account for a run again, and count the dead letters")
    status.add_argument("--run", type=Path, metavar="FILE", dest="manifest", help="manifest (default: the last run's)")
    _add_account(status)
    latest = _add_command(commands, "latest", "show the newest trade and quote of a symbol", module="reading")
    latest.add_argument("symbol", help="such as BTC-USD")
    _add_json(latest)
    _add_account(latest)
    _add_trades(_add_command(commands, "trades", "show the trades of a symbol in a range of time", module="reading"))
    _add_trades(_add_command(commands, "quotes", "show the quotes of a symbol in a range of time", module="reading"))
    _add_browsing(commands)
    _add_import(commands)
    redrive = _add_command(commands, "redrive", "hand dead letters to where they were going")
    redrive.add_argument("--queue", action="append", metavar="PURPOSE", help="only this dead-letter queue; repeatable")
    _add_account(redrive)
    recover = _add_command(
        commands, "recover-head", "make the sealer's head again from what the log has published", module="recovering"
    )
    _add_restore(_add_command(commands, "restore", "restore both tables beside the live ones", "restore"))
    _add_capacity(
        _add_command(commands, "capacity", "compute what a load needs of AWS: quotas, settings, cost", "capacity")
    )
    canary = _add_command(
        commands, "canary", "watch new code that takes a part of the events, and take it back", module="canary_watch"
    )
    canary.add_argument(
        "--minutes", type=parse_rate, default=15.0, metavar="N", help="how long to watch (default: %(default)g)"
    )
    _add_account(canary)
    recover.add_argument("--write", action="store_true", help="replace the head in the table (default: only say what)")
    _add_account(recover)


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at", metavar="TIME", help="ISO 8601, UTC (default: the newest that DynamoDB offers)")
    parser.add_argument("--suffix", help="ends the new tables' names (default: the time)")
    parser.add_argument("--write", action="store_true", help="restore them (default: only say what would be)")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("restored-outputs.json"),
        metavar="FILE",
        help="where to write the outputs with the new tables (default: %(default)s)",
    )
    parser.add_argument(
        "--wait", type=parse_rate, default=21_600.0, metavar="SECONDS", help="wait at most so long (default: 6 hours)"
    )
    parser.add_argument("--thorough", action="store_true", help="look for every published entry, not only the newest")
    _add_account(parser)


def _add_capacity(parser: argparse.ArgumentParser) -> None:
    told = {"rate": "events a second in the mean", "burst": "events a second to be ready for (default: the rate)"}
    for name, meaning in told.items():
        parser.add_argument(
            f"--{name}",
            required=name == "rate",
            type=parse_route_rate,
            action="append",
            metavar="ROUTE=EVENTS",
            help=f"{meaning}; repeatable",
        )
    for delivery in ("buffered", "direct"):
        parser.add_argument(
            f"--{delivery}", action="append", default=[], metavar="ROUTE", help=f"this route is {delivery}; repeatable"
        )
    parser.add_argument("--batch", type=parse_count, default=10, metavar="N", help="messages of a batch (default: 10)")
    parser.add_argument("--memory", type=parse_count, default=512, metavar="MB", help="of a function (default: 512)")
    parser.add_argument("--run-ms", type=parse_rate, metavar="MS", help="duration of a run, as measured on yours")
    for whose, share in (("symbol", 0.1), ("venue", 0.5)):
        parser.add_argument(
            f"--busiest-{whose}",
            type=parse_share,
            default=share,
            metavar="SHARE",
            help=f"share of the events that the busiest {whose} has, 0 to 1 (default: {share})",
        )
    parser.add_argument("--json", action="store_true", help="everything as one JSON document")


def _add_replay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "captures", nargs="*", type=Path, metavar="CAPTURE", help="recorded feeds, or DBN files (default: built in)"
    )
    parser.add_argument(
        "--venue", help="exchange of the captures (default: what each file's name starts with, or its dataset)"
    )
    pace = parser.add_mutually_exclusive_group()
    pace.add_argument("--rate", type=parse_rate, help="messages per second")
    pace.add_argument(
        "--speed", type=parse_speed, default=1.0, metavar="N|max", help="times its own speed, or max (default: 1)"
    )
    parser.add_argument("--limit", type=parse_count, metavar="N", help="at most so many messages")
    parser.add_argument("--seed", type=int, default=1, help="which built-in session (default: %(default)s)")
    parser.add_argument(
        "--built-in", action="store_true", help="play the built-in session on an account too, where its trades stay"
    )
    parser.add_argument(
        "--in-process",
        action="store_true",
        help="play it to the same functions in this process, on tables in memory, as fast as it goes",
    )
    parser.add_argument(
        "--settle", type=parse_rate, metavar="SECONDS", help="wait at most so long for the last decisions"
    )
    _add_account(parser)


def _add_trades(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("symbol", help="such as BTC-USD")
    parser.add_argument("--from", dest="start", metavar="TIME", help="ISO 8601, UTC (default: an hour before --to)")
    parser.add_argument("--to", dest="end", metavar="TIME", help="ISO 8601, UTC (default: now)")
    parser.add_argument("--venue", help="one exchange only")
    parser.add_argument("--limit", type=parse_count, default=50, metavar="N", help="at most so many (default: 50)")
    _add_json(parser)
    _add_account(parser)


def _add_browsing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    book = _add_command(commands, "book", "show the books of a symbol at an instant", module="browsing")
    book.add_argument("symbol", help="such as BTC-USD")
    book.add_argument("--venue", required=True, help="the exchange")
    book.add_argument("--at", metavar="TIME", help="ISO 8601, UTC (default: now)")
    book.add_argument("--depth", type=parse_count, default=10, metavar="N", help="levels of a side (default: 10)")
    venues = _add_command(commands, "venues", "show the venues whose own messages are read", module="browsing")
    summaries = {"symbols": "show which symbols of a venue were recorded", "gaps": "show what a venue's counts miss"}
    ranged = [_add_command(commands, name, summary, module="browsing") for name, summary in summaries.items()]
    for parser in ranged:
        parser.add_argument("--venue", required=True, help="the exchange")
        parser.add_argument("--from", dest="start", metavar="TIME", help="ISO 8601, UTC (default: an hour before --to)")
        parser.add_argument("--to", dest="end", metavar="TIME", help="ISO 8601, UTC (default: now)")
    for parser in (book, venues, *ranged):
        _add_json(parser)
        _add_account(parser)


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add_command(
        commands, "import-dbn", "write Databento's files as events of tapeproof/1", module="databento.importing"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="DBN files, as they are or in zstandard")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write, a line each (default: standard output)"
    )
    parser.add_argument("--venue", help="name of the venue (default: the dataset, such as glbx-mdp3)")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="a JSON document a line, with the whole audit reference")


def _add_account(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("on an account instead of this machine")
    group.add_argument("--account", action="store_true", help="use the account that the AWS SDK is configured for")
    group.add_argument("--profile", help="use the account of this profile")
    group.add_argument("--outputs", type=Path, metavar="FILE", help="what `terraform output -json` printed there")


def _add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str, module: str = "actions"
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    parser.add_argument("--dir", metavar="FOLDER", help="the local stack's folder (default: .local of the project)")
    parser.set_defaults(run=_make_run(name, module))
    return parser


def _make_run(name: str, module: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        # Loaded when it is asked for: `--help` need not wait for the SDK.
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        from tapeproof.local.addressee import find_addressee  # noqa: PLC0415
        from tapeproof.ops.errors import OperationError  # noqa: PLC0415

        action = getattr(importlib.import_module(f"tapeproof.ops.{module}"), name.replace("-", "_"))
        try:
            status: int = action(arguments, lambda: find_addressee(arguments))
        except (BotoCoreError, ClientError) as error:
            raise OperationError(
                f"tapeproof ops {name}: AWS refused or did not answer",
                why=str(error),
                fix="see whether it runs (`tapeproof ops status`) and whether the credentials allow the call",
            ) from error
        return status

    return run
