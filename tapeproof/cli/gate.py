"""``tapeproof gate``: judge, explain and fix Terraform; decide, find and compare what it allows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.cli.gate_access import (
    configure_access_diff,
    configure_decide,
    configure_delivery,
    configure_who_can,
)
from tapeproof.cli.gate_catalogs import configure_catalogs, configure_new, configure_test
from tapeproof.cli.gate_check import configure_check
from tapeproof.cli.gate_variables import add_variables, read_variables
from tapeproof.cli.parser import suggest

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from tapeproof.cli.parser import Parser

__all__ = ["configure", "configure_only"]

_EXIT_USAGE = 64


class Command(NamedTuple):
    """A subcommand: what it does, and what adds its arguments to its parser."""

    summary: str
    configure: Callable[[argparse.ArgumentParser], None]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of ``tapeproof gate`` to a parser."""
    commands = _open_commands(parser)
    for name in _list_commands():
        _add(commands, name)


def configure_only(parser: Parser, name: str) -> None:
    """Add one subcommand to a parser, and the others only where what is misspelt may be meant for them."""
    commands = _open_commands(parser)
    _add(commands, name)

    def add_others() -> None:
        for other in _list_commands():
            if other != name:
                _add(commands, other)

    parser.add_others = add_others


def _open_commands(parser: argparse.ArgumentParser) -> argparse._SubParsersAction[Any]:
    parser.set_defaults(run=lambda _arguments: _usage(parser))
    return parser.add_subparsers(title="commands", metavar="")


def _add(commands: argparse._SubParsersAction[Any], name: str) -> None:
    command = _list_commands()[name]
    command.configure(commands.add_parser(name, help=command.summary))


def _list_commands() -> dict[str, Command]:
    """Return the subcommands by name."""
    return {
        "check": Command("judge root modules, a plan or an account", configure_check),
        "init": Command("write settings that fit this repository", _configure_init),
        "explain": Command("say what a policy asks, why, and how to meet it", _configure_explain),
        "list": Command("list every policy", _configure_list),
        "baseline": Command("accept what is found today, and nothing worse or new", _configure_baseline),
        "fix": Command("put right what can be put right mechanically", _configure_fix),
        "catalogs": Command("list, fetch and trust policies from elsewhere", configure_catalogs),
        "new": Command("begin a policy of your own", configure_new),
        "test": Command("run a catalogue's examples, with faults put into its rules", configure_test),
        "lsp": Command("answer an editor while somebody types", _configure_lsp),
        "delivery": Command("follow every event to its end", configure_delivery),
        "who-can": Command("say who can do something to something", configure_who_can),
        "access-diff": Command("say what a change newly allows", configure_access_diff),
        "decide": Command("decide requests by AWS policies", configure_decide),
    }


def _usage(parser: argparse.ArgumentParser) -> int:
    parser.print_help(sys.stderr)
    return _EXIT_USAGE


def _configure_init(parser: argparse.ArgumentParser) -> None:
    parser.description = "Find root modules, variable files and workspaces, and write .tapeproof.yaml."
    parser.add_argument(
        "--profile",
        metavar="NAME",
        type=_parse_profile,
        default="aws-core",
        help="aws-core (default), market-data, strict",
    )
    parser.set_defaults(run=_init)


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
    add_variables(parser)
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
    add_variables(parser)
    parser.add_argument(
        "--policy",
        metavar="ID",
        action="append",
        default=[],
        help="only findings of this policy; those that take judgement (TP_DST_1, TP_RUN_2) must be named so",
    )
    parser.add_argument("--write", action="store_true", help="change the files (default: show what would change)")
    parser.set_defaults(run=_fix)


def _configure_lsp(parser: argparse.ArgumentParser) -> None:
    parser.description = "A language server over standard input and output, for editors to start (the extra `lsp`)."
    parser.set_defaults(run=_serve_editor)


def _serve_editor(_arguments: argparse.Namespace) -> int:
    from tapeproof.editor.server import serve  # noqa: PLC0415 - only an editor needs it, and pygls

    serve()
    return 0


def _parse_profile(text: str) -> str:
    import argparse  # noqa: PLC0415 - only where a profile is named

    from tapeproof.gate.choosing import profiles  # noqa: PLC0415 - a help text needs no gate

    if text not in profiles():
        raise argparse.ArgumentTypeError(f"there is no profile {text!r}{suggest(text, profiles())}")
    return text


def _init(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.initializing import initialize  # noqa: PLC0415 - a help text needs no gate

    return initialize(arguments.profile)


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

    return fix(
        tuple(arguments.roots),
        tuple(arguments.var_file),
        read_variables(arguments.var),
        policies=tuple(arguments.policy),
        write=arguments.write,
    )


def _baseline(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.baselining import Wish, make_baseline  # noqa: PLC0415 - a help text needs no gate
    from tapeproof.gate.question import Question  # noqa: PLC0415 - as above

    question = Question(
        roots=tuple(arguments.roots),
        var_files=tuple(arguments.var_file),
        variables=read_variables(arguments.var),
        accepting=False,
    )
    wish = Wish(arguments.reason, arguments.owner, arguments.expires, accept_new=arguments.accept_new)
    return make_baseline(question, wish)
