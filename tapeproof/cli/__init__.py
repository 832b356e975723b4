"""The ``tapeproof`` command: one group of subcommands per room, loaded only when it is asked for.

A room's command module exposes ``configure(parser)``, which adds its subcommands and sets ``run`` as the parser's
default, a callable that takes the parsed arguments and returns an exit status. The command knows nothing else of
a room, and no room imports the command.
"""

from __future__ import annotations

import errno
import gc
import importlib
import io
import os
import sys
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from tapeproof.errors import TapeproofError
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EXIT_FAULT", "EXIT_INTERRUPTED", "EXIT_IO", "EXIT_UNAVAILABLE", "EXIT_USAGE", "main", "run"]

EXIT_USAGE = 64
"""Exit status for a command line that cannot be understood (``EX_USAGE`` of sysexits.h)."""
EXIT_UNAVAILABLE = 69
"""Exit status when a package that the command needs is not installed (``EX_UNAVAILABLE`` of sysexits.h)."""
EXIT_FAULT = 70
"""Exit status when the program itself is at fault (``EX_SOFTWARE`` of sysexits.h); 1 would say "findings"."""
EXIT_IO = 74
"""Exit status when a file cannot be read or written (``EX_IOERR`` of sysexits.h)."""
EXIT_INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 plus SIGINT, as shells report it."""


class Group(NamedTuple):
    """A room's command group."""

    module: str
    summary: str


GROUPS = {
    "gate": Group("tapeproof.cli.gate", "judge Terraform against the policies"),
    "ops": Group("tapeproof.cli.ops", "replay, read, redrive and reconcile, on an account or on this machine"),
    "local": Group("tapeproof.cli.local", "run the whole stack on this machine"),
    "audit": Group("tapeproof.cli.audit", "verify, export and prove the audit log"),
    "evidence": Group("tapeproof.cli.evidence", "collect, report and verify evidence"),
    "completion": Group("tapeproof.cli.completion", "print code for a shell that completes commands"),
}


MOVED = {("local", name): "ops" for name in ("replay", "status", "latest", "trades", "redrive")}
"""Commands that were in one group and are in another now; the old words still lead to them."""
_BRIEF = ["gate", "check"]
"""The command that is waited for at every commit, so that each part of its time counts."""
_OWN = {"tapeproof", "handlers"}
_COMPLETING = "_ARGCOMPLETE"
"""The variable by which a shell's completion asks the program what could stand on its line."""
_POSIX = {"fcntl", "grp", "pwd", "resource", "termios"}
"""Modules of the standard library that Windows has not."""
_EXTRAS = {
    "argcomplete": "console",
    "boto3": "aws",
    "botocore": "aws",
    "cryptography": "audit",
    "databento_dbn": "databento",
    "defusedxml": "evidence",
    "lsprotocol": "lsp",
    "pygls": "lsp",
    "rfc3161_client": "evidence",
}
"""The extra of the wheel that brings a package."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit status.

    Args:
        argv: The arguments after the program's name; ``sys.argv[1:]`` when absent.

    Returns:
        The subcommand's own status; 64 for a bad command line; 69 when a package is not installed; 70 for a fault of
        our own; 74 when the system refuses a file; 130 after Ctrl-C; the error's ``exit_status`` when a room raises an
        error that carries ``diagnostics()``.
    """
    _open_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    return _run_guarded(arguments)


def run() -> NoReturn:
    """Run the command in a process of its own, which ends with it."""
    if sys.argv[1:3] != _BRIEF:
        sys.exit(main())
    gc.disable()  # what it makes it needs to its end: neither looking for garbage nor freeing one by one is worth it
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(status)  # it is said there, as of every other command
    os._exit(status)


class _Closed(io.TextIOBase):
    """Stands for a standard output that a shell closed (``>&-``): what must be printed cannot be."""

    def write(self, _text: str) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def _open_streams() -> None:
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:  # what is said there goes nowhere
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _run_guarded(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted\n")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`, a closed pager) has what it wanted; keep the interpreter's last flush silent too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - whatever it is, its status must not be that of findings
        return _report_refusal(error, arguments)


def _report_refusal(error: Exception, arguments: list[str]) -> int:
    """Say why there is no answer, and return the status for that."""
    if isinstance(error, TapeproofError):
        sys.stderr.write(f"error: {error.diagnostics()}\n")
        return error.exit_status
    package = str(error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if package in _POSIX:
        sys.stderr.write(f"error: this command needs Linux, macOS or WSL: Python has no {package} on this system\n")
        return EXIT_UNAVAILABLE
    if package and package not in _OWN:
        extra = _EXTRAS.get(package, "evidence")
        way_out = f"Install it with pip install 'tapeproof[{extra}]'; in a checkout of the project, run make setup."
        sys.stderr.write(f"error: this command needs {package}, which is not installed\n{way_out}\n")
        return EXIT_UNAVAILABLE
    if isinstance(error, OSError):
        sys.stderr.write(f"error: {_describe_os_error(error)}\n")
        return EXIT_IO
    return _at_fault(error, arguments)


def _at_fault(error: Exception, arguments: list[str]) -> int:
    """Say that the program is at fault: where, but not with which values, as these may be secrets."""
    from tapeproof.cli.fault import describe_fault  # noqa: PLC0415 - hardly a run needs it

    sys.stderr.write(describe_fault(error, arguments))
    return EXIT_FAULT


def _describe_os_error(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename is not None else ""
    way_out = "Check that the path exists, that you may read and write there, and that the disk is not full."
    return f"{escape_text(place)}{error.strerror or error}\n{way_out}"


def _run(arguments: list[str]) -> int:
    if _COMPLETING in os.environ:
        return _answer_shell()
    if not arguments or arguments[0] in {"-h", "--help"}:
        sys.stdout.write(_overview())
        return 0 if arguments else EXIT_USAGE
    if arguments[0] == "--version":
        sys.stdout.write(f"tapeproof {importlib.import_module('tapeproof').__version__}\n")
        return 0
    if arguments[0] not in GROUPS:
        from tapeproof.cli.parser import suggest  # noqa: PLC0415 - kept out of the start-up of `tapeproof --version`

        near = suggest(arguments[0], GROUPS)
        sys.stderr.write(f"tapeproof: there is no command {arguments[0]!r}{near}\n\n{_overview()}")
        return EXIT_USAGE
    return _run_group(_follow_moved(arguments))


def _follow_moved(arguments: list[str]) -> list[str]:
    group = MOVED.get((arguments[0], arguments[1])) if len(arguments) > 1 else None
    if group is None:
        return arguments
    sys.stderr.write(f"tapeproof {arguments[0]} {arguments[1]} is now tapeproof {group} {arguments[1]}\n")
    return [group, *arguments[1:]]


def _run_group(arguments: list[str]) -> int:
    import argparse  # noqa: PLC0415 - kept out of the start-up of `tapeproof --version`

    from tapeproof.cli.parser import Parser  # noqa: PLC0415 - as above

    name, rest = arguments[0], arguments[1:]
    parser = Parser(
        prog=f"tapeproof {name}",
        description=f"{GROUPS[name].summary[0].upper()}{GROUPS[name].summary[1:]}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    room = importlib.import_module(GROUPS[name].module)
    if arguments[:2] == _BRIEF:
        room.configure_only(parser, rest[0])
    else:
        room.configure(parser)
    try:
        parsed = parser.parse_args(rest)
    except SystemExit as stop:
        return EXIT_USAGE if stop.code else 0
    status: int = parsed.run(parsed)
    return status


def _answer_shell() -> int:
    """Give a shell the completions of its line."""
    from tapeproof.cli.completion import answer_shell  # noqa: PLC0415 - only a shell that completes needs it
    from tapeproof.cli.parser import Parser  # noqa: PLC0415 - as above

    parser = Parser(prog="tapeproof")
    commands = parser.add_subparsers()
    for name, group in GROUPS.items():
        importlib.import_module(group.module).configure(commands.add_parser(name))
    answer_shell(parser)
    return EXIT_USAGE


def _overview() -> str:
    lines = [f"  {name:<12}{group.summary}" for name, group in GROUPS.items()]
    return "usage: tapeproof <group> <command> [options]\n\n" + "\n".join(lines) + "\n\nEach group answers --help.\n"
