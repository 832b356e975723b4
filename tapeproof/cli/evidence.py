"""``tapeproof evidence``: collect, report, verify, compare and show evidence, and accept risks."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.cli.evidence_trust import add_trust_commands
from tapeproof.cli.values import parse_count
from tapeproof.evidence.defaults import DEFAULT_KEY, DEFAULT_OUTPUT
from tapeproof.evidence.risks import DEFAULT_FILE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

__all__ = ["configure"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    subcommands = parser.add_subparsers(metavar="command", required=True)
    _add_collect(subcommands)
    _add_report(subcommands)
    _add_verify(subcommands)
    _add_recheck(subcommands)
    _add_diff(subcommands)
    _add_show(subcommands)
    _add_accept_risk(subcommands)
    _add_verifier(subcommands)
    add_trust_commands(subcommands)


def _add_collect(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("collect", help="collect evidence into a folder, without judging or reporting")
    _add_sources(parser)
    parser.set_defaults(run=_collect)


def _add_report(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("report", help="collect evidence and write one bundle for auditors")
    _add_sources(parser)
    parser.add_argument("--from", dest="collected", type=Path, metavar="FOLDER", help="use what `collect` wrote there")
    parser.add_argument(
        "--previous",
        type=Path,
        metavar="BUNDLE",
        help="the bundle before this one; `latest`: the newest of the same subject",
    )
    parser.add_argument("--no-pdf", action="store_true", help="leave the PDF out")
    parser.add_argument("--open", action="store_true", help="open the report in a browser afterwards")
    signing = parser.add_argument_group("signing", "without one of these the bundle says UNSIGNED on every page")
    signing.add_argument("--key", type=Path, metavar="PEM", help="sign with the private key in this file (mode 0600)")
    signing.add_argument("--create-key", action="store_true", help=f"make that file first (default: {DEFAULT_KEY})")
    signing.add_argument("--kms-key", metavar="ID", help="sign with this asymmetric key in AWS KMS")
    parser.set_defaults(run=_report)


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="folder for runs (default: %(default)s)")
    parser.add_argument("--subject", default="", help="what the report is about (default: the environment suffix)")
    parser.add_argument(
        "--period-from", type=_moment, default="", metavar="UTC", help="beginning of the period, as 2026-01-01"
    )
    parser.add_argument(
        "--cadence-days",
        type=parse_count,
        default=0,
        metavar="N",
        help="state that there is a run every N days; nothing has operated over a period without it",
    )
    parser.add_argument("--strict", action="store_true", help="exit 1 on a failure, 2 when evidence is missing")
    sources = parser.add_argument_group("evidence", "what is not given is not evaluated, and the report says so")
    sources.add_argument(
        "--root", type=Path, default=Path("stack"), help="Terraform root module (default: %(default)s)"
    )
    sources.add_argument("--var-file", type=Path, action="append", default=[], help="variables for the gate")
    sources.add_argument("--plan", type=Path, metavar="JSON", help="terraform show -json of a plan")
    sources.add_argument("--state", type=Path, metavar="JSON", help="terraform show -json of the state")
    sources.add_argument("--junit", type=Path, action="append", help="test reports (default: build/tests/*.xml)")
    sources.add_argument("--risks", type=Path, default=Path(DEFAULT_FILE), help="accepted risks (default: %(default)s)")
    sources.add_argument(
        "--framework", type=Path, action="append", default=[], metavar="YAML", help="a framework of your own, mapped"
    )
    sources.add_argument("--manual", type=Path, metavar="YAML", help="list of evidence that people gathered by hand")
    account = parser.add_argument_group("AWS account")
    account.add_argument("--live", action="store_true", help="ask the account, with read-only calls")
    account.add_argument("--suffix", type=_word, default="", help="environment suffix of the resources")
    account.add_argument(
        "--region", type=_word, default="us-east-1", help="region that is required (default: %(default)s)"
    )
    account.add_argument("--profile", default="", help="named profile of the AWS configuration")
    account.add_argument("--endpoint-url", default="", help="endpoint of an emulator; the evidence is then SIMULATED")
    account.add_argument("--simulated", action="store_true", help="say that the audit log given is an emulator's")
    _add_audit(parser)


def _add_audit(parser: argparse.ArgumentParser) -> None:
    audit = parser.add_argument_group("audit log")
    audit.add_argument("--audit-export", type=Path, metavar="FOLDER", help="what `tapeproof audit export` wrote")
    audit.add_argument("--outputs", type=Path, metavar="JSON", help="terraform output -json, to read the live log")
    audit.add_argument("--pin", type=Path, action="append", default=[], help="pin file; may be repeated")
    audit.add_argument("--vkey", action="append", default=[], help="the log's verifier key, or a file with it")
    audit.add_argument("--seed", default="", help="chooses the sample of events that is proven; the auditor names it")
    audit.add_argument(
        "--sample", type=parse_count, default=25, metavar="N", help="how many events (default: %(default)s)"
    )


def _moment(text: str) -> str:
    from argparse import ArgumentTypeError  # noqa: PLC0415 - start-up time
    from datetime import datetime  # noqa: PLC0415 - start-up time

    try:
        if text:  # the default
            datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day or moment such as 2026-01-01") from None
    return text


def _word(text: str) -> str:
    from argparse import ArgumentTypeError  # noqa: PLC0415 - start-up time

    if not text.isprintable():
        raise ArgumentTypeError(f"{text!r} holds marks that cannot be printed")
    return text


def _words(text: str) -> str:
    for line in text.split("\n"):
        _word(line)
    return text


def _add_verify(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from tapeproof.evidence.verifier.screen import EXPLANATION, configure_verification  # noqa: PLC0415 - start-up time

    parser = subcommands.add_parser("verify", help="verify a bundle, as verify.py inside it does", epilog=EXPLANATION)
    configure_verification(parser)
    parser.set_defaults(run=_verify)


def _add_recheck(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from tapeproof.evidence.verifier.screen import EXPLANATION, configure_verification  # noqa: PLC0415 - start-up time

    parser = subcommands.add_parser(
        "recheck", help="verify a bundle, then judge its sources and plan again with this gate", epilog=EXPLANATION
    )
    configure_verification(parser)
    parser.set_defaults(run=_recheck)


def _add_diff(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("diff", help="show what changed between two bundles")
    parser.add_argument("old", type=Path, help="the earlier bundle")
    parser.add_argument("new", type=Path, help="the later bundle")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_diff)


def _add_show(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("show", help="show one evidence item, or one line of it")
    parser.add_argument("item", help="an id from the evidence index, such as source-gate or source-gate:17")
    parser.add_argument("--bundle", type=Path, help="the bundle (default: the newest below --output)")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="folder for runs (default: %(default)s)")
    parser.set_defaults(run=_show)


def _add_accept_risk(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("accept-risk", help="put an accepted risk on file")
    subject = parser.add_mutually_exclusive_group(required=True)
    subject.add_argument("--policy", default="", help="the policy that is not met, such as TP_LOG_1")
    subject.add_argument("--control", default="", help="the control that is not met, such as aws-fsbp:DynamoDB.6")
    parser.add_argument("--owner", type=_words, required=True, help="who carries the risk")
    parser.add_argument("--approver", type=_words, required=True, help="who approves it; somebody else")
    parser.add_argument("--reason", type=_words, required=True, help="why it is accepted")
    parser.add_argument(
        "--compensating",
        type=_words,
        action="append",
        required=True,
        metavar="CONTROL",
        help="what makes up for it; may be repeated",
    )
    parser.add_argument("--expires", required=True, metavar="DATE", help="YYYY-MM-DD, at most a year away")
    parser.add_argument("--id", type=_word, default="", help="id of the acceptance (default: the next free one)")
    parser.add_argument("--risks", type=Path, default=Path(DEFAULT_FILE), help="file of risks (default: %(default)s)")
    parser.set_defaults(run=_accept_risk)


def _add_verifier(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subcommands.add_parser("verifier", help="write verify.py, to give to somebody before the bundle")
    parser.add_argument("path", nargs="?", type=Path, help="where to write it (default: standard output)")
    parser.set_defaults(run=_verifier)


@contextmanager
def _explain_write_errors() -> Iterator[None]:
    """Say of a disk that is full, or a folder that cannot be written, which file it was and what to do."""
    from tapeproof.evidence.errors import EvidenceError  # noqa: PLC0415 - start-up time

    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        fix = "make room, or name a place that can be written (--output, --risks)"
        raise EvidenceError(
            f"{error.filename or 'a file'} cannot be used", why=error.strerror or str(error), fix=fix
        ) from error


def _collect(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.collecting import collect  # noqa: PLC0415 - start-up time

    with _explain_write_errors():
        return collect(parsed)


def _report(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.reporting import report  # noqa: PLC0415 - start-up time

    with _explain_write_errors():
        return report(parsed)


def _verify(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.verifying import verify  # noqa: PLC0415 - start-up time

    return verify(parsed)


def _recheck(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.verifying import recheck  # noqa: PLC0415 - start-up time

    return recheck(parsed)


def _diff(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.comparing import diff  # noqa: PLC0415 - start-up time

    return diff(parsed)


def _show(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.showing import show  # noqa: PLC0415 - start-up time

    return show(parsed)


def _accept_risk(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.accepting import accept_risk  # noqa: PLC0415 - start-up time

    with _explain_write_errors():
        return accept_risk(parsed)


def _verifier(parsed: argparse.Namespace) -> int:
    from tapeproof.evidence.commands.verifying import write_verifier  # noqa: PLC0415 - start-up time

    return write_verifier(parsed)
