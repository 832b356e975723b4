"""``tapeproof audit``: verify, export, prove, check-proof, pin, drill and prune.

Exit statuses: 0 VERIFIED (and every other success), 1 TAMPERED, 2 WITNESS_GAP, 3 UNANCHORED, 4 STALE, 5 the input
cannot be used, 6 INCOMPLETE.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from tapeproof.auditing import subcommands
from tapeproof.cli.values import parse_count

__all__ = ["configure"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = (
        "exit status: 0 VERIFIED, 1 TAMPERED, 2 WITNESS_GAP, 3 UNANCHORED, 4 STALE, 5 unusable input, 6 INCOMPLETE"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _verify(commands.add_parser("verify", help="verify a live log, an export, or any tlog-tiles folder"))
    _export(commands.add_parser("export", help="write a complete, self-contained export"))
    _prove(commands.add_parser("prove", help="write the proof of one event"))
    _check_proof(commands.add_parser("check-proof", help="check a proof that somebody sent"))
    _pin(commands.add_parser("pin", help="write the newest checkpoint as an anchor to keep elsewhere"))
    _drill(commands.add_parser("drill", help="perform every attack on copies of an export or of a live log"))
    _prune(commands.add_parser("prune", help="remove closed, exported hours from the audit table"))


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the result is written")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _live(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("a live log (AWS_ENDPOINT_URL and the usual AWS variables count)")
    group.add_argument("--outputs", type=Path, metavar="FILE", help="what `terraform output -json` wrote")
    group.add_argument("--profile", help="AWS profile")
    group.add_argument("--endpoint", metavar="URL", help="endpoint of every service")
    group.add_argument("--no-records", action="store_true", help="leave the market table alone")
    help_lines = "read CloudWatch Logs too (what is left out makes the verdict INCOMPLETE)"
    group.add_argument("--witness-lines", action=argparse.BooleanOptionalAction, default=True, help=help_lines)
    group.add_argument("--no-witness", action=_Renamed, const="--no-witness-lines", help=argparse.SUPPRESS)
    group.add_argument("--line-lag", type=int, default=60, metavar="SECONDS", help="younger entries need no line yet")


def _trust(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what you trust")
    help_key = "the log's verifier key, or a file with one a line (repeatable)"
    group.add_argument("--vkey", action="append", default=[], metavar="KEY", help=help_key)
    group.add_argument("--pin", type=Path, action="append", default=[], metavar="FILE", help="an anchor (repeatable)")
    help_witness = "verifier key of a witness whose cosignature anchors the log (repeatable)"
    group.add_argument("--witness", action="append", default=[], metavar="KEY", help=help_witness)
    help_quorum = "how many of the witnesses must have signed (default: all)"
    group.add_argument("--quorum", type=parse_count, default=0, metavar="N", help=help_quorum)
    help_since = "entries older than this UTC time need no witness line: CloudWatch Logs no longer keeps them"
    group.add_argument("--lines-since", metavar="TIME", help=help_since)
    group.add_argument("--max-age", type=int, default=600, metavar="SECONDS", help="age allowed for the checkpoint")
    help_as_of = "judge the log at this UTC time (2026-01-31T09:30:00Z); default: now"
    group.add_argument("--as-of", metavar="TIME", help=help_as_of)


class _Renamed(argparse.Action):
    """Answers an option of before with its name of now."""

    def __init__(self, option_strings: list[str], dest: str, const: str, **options: Any) -> None:  # noqa: ANN401 - argparse's
        super().__init__(option_strings, dest, nargs=0, const=const, **options)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Say the new name, and stop."""
        parser.error(f"{self.option_strings[0]} is {self.const} now")


def _hour(text: str) -> str:
    if not re.fullmatch(r"\d{10}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"expected an hour such as 2026013109, got {text!r}")
    return text


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, nargs="?", help="an export or a tlog-tiles folder; else a live log is read"
    )
    _live(parser)
    _trust(parser)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the export that a live verification makes")
    parser.add_argument("--jobs", type=parse_count, metavar="N", help="processes (default: one per core)")
    parser.add_argument("--engine", choices=("local", "spark"), default="local", help="what runs the parallel stages")
    _format(parser)
    parser.set_defaults(run=subcommands.verify)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a new folder")
    _live(parser)
    parser.add_argument("--no-bundles", action="store_true", help="leave out the published copy of the entries")
    _format(parser)
    parser.set_defaults(run=subcommands.export_log)


def _prove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", help="event id, natural key type#venue#symbol#day#identity, or #<leaf>")
    parser.add_argument("--export", type=Path, metavar="DIR", help="an export; else a live log is read")
    parser.add_argument(
        "--output", "-o", type=Path, metavar="FILE", help="where to write it (default: standard output)"
    )
    parser.add_argument(
        "--pin",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a pin that the log is proved to go on from (repeatable)",
    )
    _live(parser)
    _format(parser)
    parser.set_defaults(run=subcommands.prove)


def _check_proof(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--vkey", action="append", default=[], metavar="KEY", help="the log's verifier key (repeatable)"
    )
    parser.add_argument(
        "--pin",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a pin that the log must go on from (repeatable)",
    )
    _format(parser)
    parser.set_defaults(run=subcommands.check)


def _pin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where to write the anchor")
    parser.add_argument("--export", type=Path, metavar="DIR", help="an export; else a live log is read")
    parser.add_argument(
        "--vkey", action="append", default=[], metavar="KEY", help="the log's verifier key (repeatable)"
    )
    _live(parser)
    _format(parser)
    parser.set_defaults(run=subcommands.pin)


def _drill(parser: argparse.ArgumentParser) -> None:
    help_folder = "an export; it is not changed. Without one, a live log, which is only read: tables are made for the"
    help_folder += " copy that is attacked, and removed"
    parser.add_argument("folder", type=Path, nargs="?", help=help_folder)
    parser.add_argument("--seed", type=int, default=0, help="chooses the victims")
    parser.add_argument("--jobs", type=parse_count, metavar="N", help="processes (default: one per core)")
    help_items = "items of a live log that are copied at most (default: 50,000): each attack reads all of them"
    parser.add_argument("--max-items", type=parse_count, default=50_000, metavar="N", help=help_items)
    _live(parser)
    _format(parser)
    parser.set_defaults(run=subcommands.drill_log)


def _prune(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--before", type=_hour, required=True, metavar="YYYYMMDDHH", help="remove the export's hours before this one"
    )
    parser.add_argument("--export", type=Path, required=True, metavar="DIR", help="a sound export that holds them")
    parser.add_argument("--by", required=True, help="who asks; it is written into the log")
    parser.add_argument("--wait", type=float, default=180, metavar="SECONDS", help="how long the sealer may take")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    _live(parser)
    _trust(parser)
    _format(parser)
    parser.set_defaults(run=subcommands.prune_hours)
