"""What a stack allows, on the command line: ``delivery``, ``who-can``, ``access-diff`` and ``decide`` of the gate."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.cli.gate_variables import add_variables, read_variables
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from tapeproof.gate.engine.model import Stack

__all__ = [
    "configure_access_diff",
    "configure_decide",
    "configure_delivery",
    "configure_who_can",
]

_DELIVERY = """exit status: 0 every event arrives, 1 one stops, 2 of one it is not known"""
_WHO_CAN = """exit status: 0 everybody is known, 2 of somebody it is not known (as where AWS has no such action, or the
resource is not in the stack); whoever is outside is looked at only where a policy of the stack names them"""
_DIFF = """exit status: 0 nothing new is allowed that nobody approved, 1 something is, 2 it is not known"""
_DECIDE = """exit status: 0 every answer is the expected one (or none was expected), 1 an answer is another one,
2 an answer is UNKNOWN or the file cannot be read; docs/access.md tells the form of the file"""


def configure_delivery(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tapeproof gate delivery``."""
    parser.epilog = _DELIVERY
    _add_stack(parser)
    output = parser.add_argument_group("output")
    output.add_argument("--format", choices=("text", "mermaid"), default="text", help="default: text")
    output.add_argument("--alarms", action="store_true", help="draw alarms too")
    parser.set_defaults(run=_delivery)


def configure_who_can(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tapeproof gate who-can``."""
    parser.epilog = _WHO_CAN
    parser.add_argument(
        "action", metavar="ACTION", nargs="?", help="an action, such as dynamodb:PutItem, or several with commas"
    )
    parser.add_argument("resource", metavar="RESOURCE", nargs="?", help="an ARN, or the address of a resource")
    other = parser.add_argument_group("the other way round")
    other.add_argument("--as", dest="role", metavar="ROLE", help="say what this role can do, by address or name")
    other.add_argument(
        "--code", metavar="PATH", type=Path, action="append", default=[], help="mark what the Python there never calls"
    )
    parser.add_argument("--format", choices=("text", "mermaid"), default="text", help="default: text")
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
    add_variables(parser)


def configure_access_diff(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tapeproof gate access-diff``."""
    parser.epilog = _DIFF
    parser.add_argument("--root", metavar="FOLDER", type=Path, default=Path(), help="of a root module (default: here)")
    pushed = os.environ.get("PRE_COMMIT_FROM_REF") or "HEAD"
    parser.add_argument("--base", metavar="REV", default=pushed, help="what to compare with (default: %(default)s)")
    approval = parser.add_argument_group("approval", "what is approved passes until it ends or its policies change")
    approval.add_argument("--approve", action="store_true", help="add what is new to .tapeproof-waivers.yaml")
    approval.add_argument("--reason", metavar="TEXT", default="", help="why it is needed")
    approval.add_argument("--owner", metavar="NAME", default="", help="who answers for it")
    approval.add_argument("--expires", metavar="DATE", default="", help="the last day, such as 2027-03-31")
    add_variables(parser)
    parser.set_defaults(run=_access_diff)


def configure_decide(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tapeproof gate decide``."""
    parser.epilog = _DECIDE
    parser.add_argument("file", metavar="FILE", type=Path, help="JSON: cases, each with policies and a request")
    parser.set_defaults(run=_decide)


def _decide(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.cases import decide_file, exit_status, render_cases  # noqa: PLC0415 - a help text needs no gate

    decided = decide_file(arguments.file)
    _write_lines(render_cases(decided))
    return exit_status(decided)


def _delivery(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.delivery.graph import hops_of  # noqa: PLC0415 - as above
    from tapeproof.gate.access.delivery.listing import exit_status, list_hops  # noqa: PLC0415 - as above
    from tapeproof.gate.access.delivery.picture import draw_hops  # noqa: PLC0415 - as above

    stack = _stack(arguments)
    hops = hops_of(stack)
    drawn = arguments.format == "mermaid"
    lines = draw_hops(hops, alarms=arguments.alarms) if drawn else list_hops(hops) or ["nothing here sends events"]
    _write_lines(lines)
    unread = _tell_unread(stack)
    return exit_status(hops) or unread


def _who_can(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.callers import exit_status, find_callers, render_callers  # noqa: PLC0415 - as above
    from tapeproof.gate.access.drawing import draw_callers  # noqa: PLC0415 - as above
    from tapeproof.gate.access.faults import AccessError  # noqa: PLC0415 - as above

    if arguments.role:
        return _what_can(arguments)
    if arguments.resource is None or arguments.code:
        raise AccessError("who-can takes an ACTION and a RESOURCE, or --as ROLE with --code FOLDER if wanted")
    stack = _stack(arguments)
    actions = list(dict.fromkeys(arguments.action.split(",")))
    found = {action: find_callers(stack, action, arguments.resource) for action in actions}
    if arguments.format == "mermaid":
        _write_lines(draw_callers(arguments.resource, found))
    else:
        for action, callers in found.items():
            _write_lines([*([f"{action}:"] if len(found) > 1 else []), *render_callers(callers)])
    unread = max(_tell_unread(stack), _tell_question(stack, actions, arguments.resource))
    return max(exit_status(callers) for callers in found.values()) or unread


def _tell_question(stack: Stack, actions: list[str], resource: str) -> int:
    """Say what makes the answer to a question smaller than it looks; return 2 where anything does."""
    from tapeproof.gate.access.callers import is_outside  # noqa: PLC0415 - as above
    from tapeproof.gate.aws.actions import exists, nearest  # noqa: PLC0415 - as above

    said = []
    for action in actions:
        if not exists(action):
            meant = nearest(action)
            hint = f"; did you mean {meant}?" if meant else ""
            said.append(f"{action}: the Service Authorization Reference that is kept here has no such action{hint}")
    if is_outside(stack, resource):
        said.append(f"{resource} is not in this stack, so whom its own policy lets in is not known")
    sys.stderr.write("".join(f"NOT KNOWN: {escape_text(one)}\n" for one in said))
    return 2 if said else 0


def _what_can(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.calls import find_calls  # noqa: PLC0415 - as above
    from tapeproof.gate.access.faults import AccessError  # noqa: PLC0415 - as above
    from tapeproof.gate.access.powers import exit_status, find_powers, render_powers  # noqa: PLC0415 - as above

    if arguments.format != "text":
        raise AccessError("--format mermaid draws who can reach a resource; --as ROLE is told as text")
    if arguments.action is not None:
        raise AccessError(f"--as {arguments.role} asks for everything, so {arguments.action} is not taken with it")
    calls = find_calls(arguments.code) if arguments.code else None
    stack = _stack(arguments)
    powers = find_powers(stack, arguments.role, calls)
    lines = render_powers(arguments.role, powers, calls)
    _write_lines(lines)
    unread = _tell_unread(stack)
    return exit_status(powers) or unread


def _tell_unread(stack: Stack) -> int:
    """Say what could not be read of the stack, in which more may stand; return 2 where anything could not."""
    for unread in stack.unread:
        sys.stderr.write(f"{escape_text(f'NOT READ, so more may be there: {unread.why}')}\n")
    return 2 if stack.unread else 0


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
            dict(read_variables(arguments.var)),
        )
    )


def _access_diff(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.access.asked import Source, read_both  # noqa: PLC0415 - as above
    from tapeproof.gate.access.changes import exit_status, find_changes, render_changes  # noqa: PLC0415 - as above
    from tapeproof.gate.approving import Approval, approve, split_approved  # noqa: PLC0415 - as above

    variables = dict(read_variables(arguments.var))
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


def _write_lines(lines: Iterable[str]) -> None:
    """Write lines in which names of others stand: none of them steers a terminal, or begins a line of its own."""
    sys.stdout.write("".join(f"{escape_text(line)}\n" for line in lines))
