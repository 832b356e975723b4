"""``tapeproof gate check``: judge root modules, a plan or an account, and write the report."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.cli.gate_variables import add_variables, read_variables

if TYPE_CHECKING:
    import argparse

    from tapeproof.gate.engine.report import Report

__all__ = ["configure_check"]

_FORMATS = ("text", "concise", "full", "github", "gitlab", "json", "sarif", "junit")
_CHECK = """exit status: 0 everything passes, 1 there are findings, 2 the gate could not judge something,
70 the gate itself is at fault"""
_TRUST = """take .tapeproof.yaml, waivers and baseline from this git revision and not from the working tree, for pull
requests of people who may not decide what is accepted (for example origin/main)"""


def configure_check(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tapeproof gate check``."""
    parser.epilog = _CHECK
    parser.add_argument(
        "roots", metavar="ROOT", nargs="*", type=Path, help="folder of a root module (default: every one below here)"
    )
    parser.add_argument("--policy", metavar="ID", action="append", default=[], help="judge by this policy only")
    add_variables(parser)
    parser.add_argument("--trust-settings-from", metavar="REV", default="", help=_TRUST)
    parser.add_argument(
        "--diff", metavar="REV", help="only what is new since a commit: not found there, or on a line that changed"
    )
    parser.add_argument(
        "--init", action="store_true", help="first let Terraform get modules from registries and git (terraform get)"
    )
    other = parser.add_argument_group("besides source")
    other.add_argument("--plan", metavar="FILE", type=Path, help="a plan, as `terraform show -json` prints it")
    other.add_argument("--live", action="store_true", help="the account, with credentials from the environment")
    other.add_argument("--region", metavar="REGION", help="the account's region (default: the environment's)")
    other.add_argument("--suffix", metavar="TEXT", default="", help="only what has a name that ends in -TEXT")
    output = parser.add_argument_group("output")
    output.add_argument(
        "--format",
        "--output-format",
        choices=_FORMATS,
        default="text",
        help="text (default) is full for few findings and concise for many; github annotates a pull request",
    )
    output.add_argument("--output", metavar="FILE", type=Path, help="write there instead of to standard output")
    output.add_argument("--no-cache", dest="cached", action="store_false", help="read and judge everything anew")
    parser.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.checking import check  # noqa: PLC0415 - a help text needs no gate
    from tapeproof.gate.outputs.commands import hide_commands  # noqa: PLC0415 - as above
    from tapeproof.gate.question import Question  # noqa: PLC0415 - as above

    question = Question(
        tuple(arguments.roots),
        tuple(arguments.policy),
        tuple(arguments.var_file),
        read_variables(arguments.var),
        arguments.plan,
        arguments.live,
        arguments.region,
        arguments.suffix,
        arguments.cached,
        trusted=arguments.trust_settings_from,
    )
    if arguments.init:
        from tapeproof.gate.installing import install_modules  # noqa: PLC0415 - few runs ask for it

        install_modules(question)
    if arguments.diff:
        from tapeproof.gate.comparing import check_since  # noqa: PLC0415 - few runs compare

        report = check_since(question, arguments.diff)
    else:
        report = check(question)
    rendered = hide_commands(_render_report(report, arguments), arguments.format)
    if arguments.output is None:
        sys.stdout.write(rendered)
    else:
        _write_output(arguments.output, rendered)
    return report.exit_status


def _render_report(report: Report, arguments: argparse.Namespace) -> str:
    chosen = arguments.format
    if chosen == "text":
        from tapeproof.gate.outputs.concise import MANY  # noqa: PLC0415 - only where nothing else was asked for

        bad = sum(result.verdict in {"fail", "unknown"} for result in report.notable)
        chosen = "concise" if bad > MANY else "full"
    if chosen == "full":
        from tapeproof.gate.outputs.text import render  # noqa: PLC0415 - one of many

        forced = bool(os.environ.get("FORCE_COLOR"))
        colour = arguments.output is None and (sys.stdout.isatty() or forced) and not os.environ.get("NO_COLOR")
        return render(report, colour=colour)
    module = {"json": "json_report"}.get(chosen, chosen)
    rendered: str = importlib.import_module(f"tapeproof.gate.outputs.{module}").render(report)
    return rendered


def _write_output(path: Path, text: str) -> None:
    from tapeproof.gate.engine.errors import CannotJudgeError  # noqa: PLC0415 - as above

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotJudgeError(f"--output {path}: cannot be written: {error.strerror}") from error
