"""The command line's parsers: what is misspelt is told with what was probably meant."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tapeproof.terminal import find_nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Parser", "suggest"]


_USUAL_COLUMNS = 80


class Parser(argparse.ArgumentParser):
    """A parser, and those of its commands, which are of the same kind.

    Attributes:
        add_others: Adds the commands that were left out because one of them was named.
    """

    add_others: Callable[[], None] | None = None

    def parse_args(  # type: ignore[override] # argparse's overloads say the same in two steps
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Return what is asked for; an option that no command has ends the program as argparse does."""
        parsed, unknown = self.parse_known_args(args, namespace)
        if unknown:
            if self.add_others is not None:
                self.add_others()
            near = suggest(unknown[0].partition("=")[0], set(_options(self)))
            self.error(f"unrecognized arguments: {' '.join(unknown)}{near}")
        return parsed

    def _get_formatter(self) -> argparse.HelpFormatter:
        """Return what writes help, as wide as the terminal; argparse asks for one whenever a command is added."""
        # Left alone it would ask shutil for the width, which loads three compressors: a hundredth of a whole check.
        return self.formatter_class(prog=self.prog, width=_columns() - 2)  # type: ignore[call-arg] # each class has one

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as argparse has it
        """Refuse what is none of an action's choices."""
        if action.choices is None or value in action.choices:
            return
        known = [str(choice) for choice in action.choices]
        kind = "command" if isinstance(action, argparse._SubParsersAction) else "choice"  # noqa: SLF001 - has no public name
        named = None if kind == "command" else action
        raise argparse.ArgumentError(
            named, f"there is no {kind} {value!r}{suggest(str(value), known)}; there is {', '.join(known)}"
        )


def suggest(word: str, known: Iterable[str]) -> str:
    """Return what was probably meant, as the end of a sentence; nothing where nothing is near."""
    near = find_nearest(word, known)
    return f": did you mean {near}?" if near else ""


def _columns() -> int:
    """Return how many columns the terminal has, as ``shutil.get_terminal_size`` tells it."""
    with suppress(KeyError, ValueError):
        wanted = int(os.environ["COLUMNS"])
        if wanted > 0:
            return wanted
    with suppress(AttributeError, ValueError, OSError):
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL_COLUMNS  # type: ignore[union-attr] # above
    return _USUAL_COLUMNS


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001 - argparse shows them nowhere else
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for inner in action.choices.values():
                yield from _options(inner)
