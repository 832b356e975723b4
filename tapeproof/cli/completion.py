"""``tapeproof completion``: code for a shell, which completes commands and options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

__all__ = ["SHELLS", "answer_shell", "configure"]

SHELLS = ("bash", "zsh", "fish")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``tapeproof completion``."""
    parser.epilog = "bash: source <(tapeproof completion bash)\nfish: tapeproof completion fish | source"
    parser.add_argument("shell", choices=SHELLS, help="which shell")
    parser.set_defaults(run=_print_code)


def answer_shell(parser: argparse.ArgumentParser) -> None:
    """Give a shell the completions of its line, and end the program."""
    import argcomplete  # noqa: PLC0415 - only a shell that completes needs it

    argcomplete.autocomplete(parser)


def _print_code(arguments: argparse.Namespace) -> int:
    from argcomplete.shell_integration import shellcode  # noqa: PLC0415 - as above

    sys.stdout.write(shellcode([Path(sys.argv[0]).name or "tapeproof"], shell=arguments.shell))
    return 0
