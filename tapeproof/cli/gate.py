"""``tapeproof gate``: judge, explain and fix Terraform; decide, find and compare what it allows."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from tapeproof.gate.engine.model import Stack
    from tapeproof.gate.engine.report import Report

__all__ = ["configure"]

_FORMATS = ("text", "concise", "full", "github", "gitlab", "json", "sarif", "junit")
_EXIT_USAGE = 64
_CHECK = """exit status: 0 everything passes, 1 there are findings, 2 the gate could not judge something,
70 the gate itself is at fault"""
_DELIVERY = """exit status: 0 every event arrives, 1 one stops, 2 of one it is not known"""
_WHO_CAN = """exit status: 0 everybody is known, 2 of somebody it is not known; whoever is outside is looked at only
where a policy of the stack names them"""
_DIFF = """exit status: 0 nothing new is allowed that nobody approved, 1 something is, 2 it is not known"""
_DECIDE = """exit status: 0 every answer is the expected one (or none was expected), 1 an answer is another one,
2 an answer is UNKNOWN or the file cannot be read; docs/access.md tells the form of the file"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of ``tapeproof gate`` to a parser."""
    parser.set_defaults(run=lambda _arguments: _usage(parser))
    commands = parser.add_subparsers(title="commands", metavar="")
    _configure_check(commands.add_parser("check", help="judge root modules, a plan or an account", epilog=_CHECK))
    _configure_explain(commands.add_parser("explain", help="say what a policy asks, why, and how to meet it"))
    _configure_list(commands.add_parser("list", help="list every policy"))
    _configure_baseline(commands.add_parser("baseline", help="accept what is found today, and nothing worse or new"))
    _configure_fix(commands.add_parser("fix", help="put right what can be put right mechanically"))
    _configure_delivery(commands.add_parser("delivery", help="follow every event to its end", epilog=_DELIVERY))
    _configure_who_can(commands.add_parser("who-can", help="say who can do something to something", epilog=_WHO_CAN))
    _configure_access_diff(commands.add_parser("access-diff", help="say what a change newly allows", epilog=_DIFF))
    _configure_decide(commands.add_parser("decide", help="decide requests by AWS policies", epilog=_DECIDE))


def _usage(parser: argparse.ArgumentParser) -> int:
    parser.print_help(sys.stderr)
    return _EXIT_USAGE


def _configure_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "roots", metavar="ROOT", nargs="*", type=Path, help="folder of a root module (default: every one below here)"
    )
    parser.add_argument("--policy", metavar="ID", action="append", default=[], help="judge by this policy only")
    _add_variables(parser)
    other = parser.add_argument_group("besides source")
    other.add_argument("--plan", metavar="FILE", type=Path, help="a plan, as `terraform show -json` prints it")
    other.add_argument("--live", action="store_true", help="the account, with credentials from the environment")
    other.add_argument("--region", metavar="REGION", help="the account's region (default: the environment's)")
    other.add_argument("--suffix", metavar="TEXT", default="", help="only what has a name that ends in this")
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


def _add_variables(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("variables")
    group.add_argument(
        "--var-file",
        metavar="FILE",
        action="append",
        default=[],
        type=Path,
        help="a variable file, as Terraform takes it",
    )
    group.add_argument("--var", metavar="NAME=VALUE", action="append", default=[], help="a single value")


def _configure_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", metavar="ID", help="a policy's id, such as TP_LOG_1")
    parser.set_defaults(run=_explain)


def _configure_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.set_defaults(run=_list)


def _configure_baseline(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write .tapeproof-baseline.json: what is found today is accepted as it is. A baseline only shrinks: what is "
        "mended leaves it when the command runs again, and what is new or worse fails until --accept-new is given."
    )
    parser.add_argument(
        "roots", metavar="ROOT", nargs="*", type=Path, help="folder of a root module (default: every one below here)"
    )
    _add_variables(parser)
    parser.add_argument("--reason", metavar="TEXT", help="why the findings are accepted; asked for when some are")
    parser.add_argument("--owner", metavar="NAME", help="who answers for them; likewise")
    parser.add_argument(
        "--expires", metavar="DATE", help="the last day they are accepted (default: until they are mended)"
    )
    parser.add_argument(
        "--accept-new", action="store_true", help="add what is new or worse to a baseline that is there"
    )
    parser.set_defaults(run=_baseline)


def _configure_fix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "roots", metavar="ROOT", nargs="*", type=Path, help="folder of a root module (default: every one below here)"
    )
    _add_variables(parser)
    parser.add_argument("--write", action="store_true", help="change the files (default: show what would change)")
    parser.set_defaults(run=_fix)


def _configure_delivery(parser: argparse.ArgumentParser) -> None:
    _add_stack(parser)
    output = parser.add_argument_group("output")
    output.add_argument("--format", choices=("text", "mermaid"), default="text", help="default: text")
    output.add_argument("--alarms", action="store_true", help="draw alarms too")
    parser.set_defaults(run=_delivery)


def _configure_who_can(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="ACTION", nargs="?", help="one action, such as dynamodb:PutItem")
    parser.add_argument("resource", metavar="RESOURCE", nargs="?", help="an ARN, or the address of a resource")
    other = parser.add_argument_group("the other way round")
    other.add_argument("--as", dest="role", metavar="ROLE", help="say what this role can do, by address or name")
    other.add_argument(
        "--code", metavar="PATH", type=Path, action="append", default=[], help="mark what the Python there never calls"
    )
    _add_stack(parser)
    parser.set_defaults(run=_who_can)


def _add_stack(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the stack")
    chosen = group.add_mutually_exclusive_group()
    chosen.add_argument("--root", metavar="FOLDER", type=Path, default=Path(), help="of a root module (default: here)")
    chosen.add_argument("--plan", metavar="FILE", type=Path, help="a plan, as `terraform show -json` prints it")
    chosen.add_argument("--live", action="store_true", help="the account, with credentials from the environment")
    group.add_argument("--region", metavar="REGION", help="the account's region (default: the environment's)")
    group.add_argument("--suffix", metavar="TEXT", default="", help="of the account, only what ends in this")
    _add_variables(parser)


def _configure_access_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", metavar="FOLDER", type=Path, default=Path(), help="of a root module (default: here)")
    pushed = os.environ.get("PRE_COMMIT_FROM_REF") or "HEAD"
    parser.add_argument("--base", metavar="REV", default=pushed, help="what to compare with (default: %(default)s)")
    approval = parser.add_argument_group("approval", "what is approved passes until it ends or its policies change")
    approval.add_argument("--approve", action="store_true", help="add what is new to .tapeproof-waivers.yaml")
    approval.add_argument("--reason", metavar="TEXT", default="", help="why it is needed")
    approval.add_argument("--owner", metavar="NAME", default="", help="who answers for it")
    approval.add_argument("--expires", metavar="DATE", default="", help="the last day, such as 2027-03-31")
    _add_variables(parser)
    parser.set_defaults(run=_access_diff)


def _configure_decide(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="JSON: cases, each with policies and a request")
    parser.set_defaults(run=_decide)


def _check(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.checking import check  # noqa: PLC0415 - a help text needs no gate
    from tapeproof.gate.question import Question  # noqa: PLC0415 - as above

    report = check(
        Question(
            tuple(arguments.roots),
            tuple(arguments.policy),
            tuple(arguments.var_file),
            _pairs(arguments.var),
            arguments.plan,
            arguments.live,
            arguments.region,
            arguments.suffix,
            arguments.cached,
        )
    )
    rendered = _render_report(report, arguments)
    if arguments.output is None:
        sys.stdout.write(rendered)
    else:
        _write_output(arguments.output, rendered)
    return report.exit_status


def _pairs(given: list[str]) -> tuple[tuple[str, str], ...]:
    from tapeproof.gate.engine.errors import CannotJudgeError  # noqa: PLC0415 - as above

    for pair in given:
        if "=" not in pair:
            raise CannotJudgeError(f"--var {pair}: must be of the form name=value")
    return tuple((name, value) for name, _, value in (pair.partition("=") for pair in given))


def _render_report(report: Report, arguments: argparse.Namespace) -> str:
    chosen = arguments.format
    if chosen == "text":
        from tapeproof.gate.outputs.concise import MANY  # noqa: PLC0415 - only where nothing else was asked for

        bad = sum(result.verdict in {"fail", "unknown"} for result in report.notable)
        chosen = "concise" if bad > MANY else "full"
    if chosen == "full":
        import os  # noqa: PLC0415 - only text has colours

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


def _write_lines(lines: Iterable[str]) -> None:
    """Write lines in which names of others stand: none of them steers a terminal, or begins a line of its own."""
    sys.stdout.write("".join(f"{escape_text(line)}\n" for line in lines))


def _explain(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.explaining import explain_policy  # noqa: PLC0415 - a help text needs no catalogue

    sys.stdout.write(explain_policy(arguments.policy))
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.explaining import list_policies  # noqa: PLC0415 - a help text needs no catalogue

    sys.stdout.write(list_policies(as_json=arguments.format == "json"))
    return 0


def _fix(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.fixing.run import fix  # noqa: PLC0415 - a help text needs no gate

    return fix(tuple(arguments.roots), tuple(arguments.var_file), _pairs(arguments.var), write=arguments.write)


def _decide(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.cases import decide_file, exit_status, render_cases  # noqa: PLC0415 - as above

    decided = decide_file(arguments.file)
    _write_lines(render_cases(decided))
    return exit_status(decided)


def _baseline(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.baselining import Wish, make_baseline  # noqa: PLC0415 - a help text needs no gate
    from tapeproof.gate.question import Question  # noqa: PLC0415 - as above

    question = Question(
        roots=tuple(arguments.roots),
        var_files=tuple(arguments.var_file),
        variables=_pairs(arguments.var),
        accepting=False,
    )
    wish = Wish(arguments.reason, arguments.owner, arguments.expires, accept_new=arguments.accept_new)
    return make_baseline(question, wish)


def _delivery(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.delivery.graph import hops_of  # noqa: PLC0415 - as above
    from tapeproof.gate.access.delivery.listing import exit_status, list_hops  # noqa: PLC0415 - as above
    from tapeproof.gate.access.delivery.picture import draw_hops  # noqa: PLC0415 - as above

    hops = hops_of(_stack(arguments))
    drawn = arguments.format == "mermaid"
    lines = draw_hops(hops, alarms=arguments.alarms) if drawn else list_hops(hops)
    _write_lines(lines)
    return exit_status(hops)


def _who_can(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.callers import exit_status, find_callers, render_callers  # noqa: PLC0415 - as above
    from tapeproof.gate.access.faults import AccessError  # noqa: PLC0415 - as above

    if arguments.role:
        return _what_can(arguments)
    if arguments.resource is None or arguments.code:
        raise AccessError("who-can takes an ACTION and a RESOURCE, or --as ROLE with --code FOLDER if wanted")
    callers = find_callers(_stack(arguments), arguments.action, arguments.resource)
    _write_lines(render_callers(callers))
    return exit_status(callers)


def _what_can(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.calls import find_calls  # noqa: PLC0415 - as above
    from tapeproof.gate.access.faults import AccessError  # noqa: PLC0415 - as above
    from tapeproof.gate.access.powers import exit_status, find_powers, render_powers  # noqa: PLC0415 - as above

    if arguments.action is not None:
        raise AccessError(f"--as {arguments.role} asks for everything, so {arguments.action} is not taken with it")
    calls = find_calls(arguments.code) if arguments.code else None
    powers = find_powers(_stack(arguments), arguments.role, calls)
    lines = render_powers(arguments.role, powers, calls)
    _write_lines(lines)
    return exit_status(powers)


def _stack(arguments: argparse.Namespace) -> Stack:
    """Return the stack that is asked about: a root module, a plan, or an account."""
    from tapeproof.gate.access.asked import Source, read_stack  # noqa: PLC0415 - as above

    return read_stack(
        Source(
            arguments.root,
            arguments.plan,
            arguments.live,
            arguments.region,
            arguments.suffix,
            tuple(arguments.var_file),
            dict(_pairs(arguments.var)),
        )
    )


def _access_diff(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.asked import Source, read_both  # noqa: PLC0415 - as above
    from tapeproof.gate.access.changes import exit_status, find_changes, render_changes  # noqa: PLC0415 - as above
    from tapeproof.gate.approving import Approval, approve, split_approved  # noqa: PLC0415 - as above

    variables = dict(_pairs(arguments.var))
    source = Source(arguments.root, var_files=tuple(arguments.var_file), variables=variables)
    changes, approved = split_approved(find_changes(*read_both(source, arguments.base)))
    told = [f"approved until {waiver.expires} by {waiver.owner}: {one.name} ({one.kind})" for one, waiver in approved]
    if changes and arguments.approve:
        approval = Approval(arguments.reason, arguments.owner, arguments.expires)
        path = approve(changes, approval)
        lines = [*told, *render_changes(changes), f"approved in {path} until {approval.expires}"]
        _write_lines(lines)
        return 0
    _write_lines([*told, *render_changes(changes)])
    return exit_status(changes)
