"""The options that give Terraform's variables, as every command of ``tapeproof gate`` that reads a stack takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

__all__ = ["add_variables", "read_variables"]


def add_variables(parser: argparse.ArgumentParser) -> None:
    """Add ``--var-file`` and ``--var`` to a command's parser."""
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


def read_variables(given: list[str]) -> tuple[tuple[str, str], ...]:
    """Return the name and the value of each ``--var``.

    Raises:
        CannotJudgeError: One has no name.
    """
    from tapeproof.gate.engine.errors import CannotJudgeError  # noqa: PLC0415 - a help text needs no gate

    for pair in given:
        if "=" not in pair:
            raise CannotJudgeError(f"--var {pair}: must be of the form name=value")
    return tuple((name, value) for name, _, value in (pair.partition("=") for pair in given))
