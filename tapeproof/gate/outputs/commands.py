"""Keeps what others wrote from being a command of the CI system that shows the output.

GitHub Actions reads ``::error`` at the start of a line; its older syntax ``##[error]``, Azure Pipelines' ``##vso[…]``
and TeamCity's ``##teamcity[…]`` count anywhere in one. Names of files and folders are a pull request's to choose.
"""

from __future__ import annotations

import re

__all__ = ["hide_commands"]

_NUMBER_SIGN = {"json": r"\u0023", "sarif": r"\u0023", "gitlab": r"\u0023", "junit": "&#35;"}
"""How a number sign is written so that a reader of the format reads the same; elsewhere a person reads its escape."""
_ANYWHERE = re.compile(r"##(?=[\w-]*\[)")
_AT_START = re.compile(r"^([ \t]*):(?=:)", re.MULTILINE)


def hide_commands(rendered: str, form: str) -> str:
    """Return an output without commands that are not its own.

    Args:
        rendered: The output.
        form: Its format, as ``--format`` names it.
    """
    shown = _ANYWHERE.sub(lambda _: "#" + _NUMBER_SIGN.get(form, r"\x23"), rendered) if "##" in rendered else rendered
    # GitHub's annotations are such commands, and what is in them is escaped where they are made.
    return shown if form == "github" or "::" not in shown else _AT_START.sub(r"\1\\x3a", shown)
