"""``tapeproof evidence countersign``, ``timestamp``, ``enter``, ``release`` and ``schedule``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.cli.values import parse_count
from tapeproof.evidence.verifier.screen import parse_fingerprint

if TYPE_CHECKING:
    import argparse

__all__ = ["add_trust_commands"]


def add_trust_commands(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands by which others come to trust a bundle, or not."""
    _add_countersign(subcommands)
    _add_timestamp(subcommands)
    _add_enter(subcommands)
    _add_rollup(subcommands)
    _add_release(subcommands)
    _add_schedule(subcommands)


def _add_countersign(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("countersign", help="verify a bundle and sign it as a second person")
    parser.add_argument("bundle", type=Path, help="folder or zip file")
    parser.add_argument("--key", type=Path, required=True, metavar="PEM", help="the second person's own private key")
    parser.add_argument("--who", required=True, help="who signs")
    parser.add_argument("--fingerprint", type=parse_fingerprint, help="of the bundle's signer, sha256:…")
    parser.set_defaults(run=_countersign)


def _add_timestamp(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("timestamp", help="ask for an RFC 3161 timestamp of a bundle, or check the answer")
    parser.add_argument("bundle", type=Path, help="folder or zip file")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--request", type=Path, metavar="TSQ", help="write the request to send to an authority")
    what.add_argument("--response", type=Path, metavar="TSR", help="check what the authority answered")
    parser.add_argument("--roots", type=Path, metavar="PEM", help="root certificates of authorities that you trust")
    parser.add_argument("--within-days", type=parse_count, default=1, metavar="N", help="how soon after the run")
    parser.add_argument("--fingerprint", type=parse_fingerprint, help="of the bundle's signer, sha256:…")
    parser.set_defaults(run=_timestamp)


def _add_enter(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("enter", help="enter a bundle into a transparency log, so that it can be missed")
    parser.add_argument("bundle", type=Path, help="folder or zip file")
    parser.add_argument(
        "--log", type=Path, metavar="FOLDER", help="the log; without it the entry is printed, for another"
    )
    parser.add_argument("--key", type=Path, metavar="PEM", help="the log's own private key, not the bundles'")
    parser.add_argument("--origin", default="", help="the log's name, such as evidence.example/prod")
    parser.add_argument("--fingerprint", type=parse_fingerprint, help="of the bundle's signer, sha256:…")
    parser.set_defaults(run=_enter)


def _add_rollup(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("rollup", help="verify bundles of several accounts and lay them side by side")
    parser.add_argument("bundles", type=Path, nargs="+", metavar="bundle", help="folders or zip files")
    parser.add_argument(
        "--fingerprint", type=parse_fingerprint, action="append", default=[], help="of a signer you know"
    )
    parser.add_argument(
        "--expect-environment",
        action="append",
        default=[],
        metavar="ACCOUNT/SUFFIX",
        help="a bundle of it must be there",
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the page here too")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_rollup)


def _add_release(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("release", help="write verify.py and the signed digests of all that judges")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--key", type=Path, metavar="PEM", help="the maintainer's private key")
    what.add_argument("--check", type=Path, metavar="FOLDER", help="compare this installation with a release")
    parser.add_argument("--output", type=Path, default=Path("build/release"), help="default: %(default)s")
    parser.add_argument("--fingerprint", type=parse_fingerprint, help="of the maintainer's key, for --check")
    parser.set_defaults(run=_release)


def _add_schedule(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("schedule", help="write the CI file that collects evidence at a stated cadence")
    parser.add_argument("path", nargs="?", type=Path, help="where to write it (default: standard output)")
    parser.add_argument("--for", dest="system", choices=("github", "gitlab"), required=True, help="which CI")
    parser.add_argument("--cadence-days", type=int, choices=(1, 7, 30), default=7, help="default: %(default)s")
    parser.add_argument("--at", default="06:17", metavar="HH:MM", help="UTC (default: %(default)s)")
    parser.add_argument("--period-from", required=True, metavar="DAY", help="first day of the period, YYYY-MM-DD")
    parser.add_argument("--suffix", required=True, help="environment suffix of the resources")
    parser.add_argument("--region", default="us-east-1", help="default: %(default)s")
    parser.add_argument("--role", required=True, metavar="ARN", help="reads the account, writes the store, signs")
    parser.add_argument("--store", required=True, metavar="S3", help="s3://BUCKET/PREFIX that keeps the bundles")
    parser.add_argument("--kms-key", required=True, metavar="ID", help="asymmetric key that signs")
    parser.set_defaults(run=_schedule)


def _countersign(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.attesting import countersign  # noqa: PLC0415 - start-up time

    return countersign(parsed)


def _timestamp(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.attesting import timestamp  # noqa: PLC0415 - start-up time

    return timestamp(parsed)


def _enter(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.attesting import enter  # noqa: PLC0415 - start-up time

    return enter(parsed)


def _rollup(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.rolling_up import rollup  # noqa: PLC0415 - start-up time

    return rollup(parsed)


def _release(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.attesting import release  # noqa: PLC0415 - start-up time

    return release(parsed)


def _schedule(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.attesting import schedule  # noqa: PLC0415 - start-up time

    return schedule(parsed)
