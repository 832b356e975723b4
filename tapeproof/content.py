"""Finds the content that the program reads: policies, compliance data, the stack and the functions.

In a checkout it lies in the folders of its name beside this package; a wheel carries it inside this package. The
checkout wins, so that an edited rule is the rule that judges, whatever copy an editable install has left behind.
"""

from __future__ import annotations

from pathlib import Path

from tapeproof.errors import TapeproofError

__all__ = ["PACKAGE", "ContentMissingError", "content", "project"]

PACKAGE = Path(__file__).resolve().parent
"""The folder of this package."""
_IN_WHEEL = PACKAGE / "_content"


class ContentMissingError(TapeproofError):
    """Content that this command needs was not installed with it.

    Args:
        name: The folder that is not there.
    """

    exit_status = 69

    def __init__(self, name: str) -> None:
        super().__init__(
            f"this command needs the folder {name}/, which is not installed", fix="run it in a checkout of the project"
        )


def content(name: str) -> Path:
    """Return the folder of some content.

    Args:
        name: ``policies``, ``compliance``, ``stack`` or ``lambda``.

    Raises:
        ContentMissingError: It lies neither in a checkout around this package nor inside it.
    """
    for folder in (PACKAGE.parent, _IN_WHEEL):
        found = folder / name
        if found.is_dir() and (folder == _IN_WHEEL or (folder / "pyproject.toml").is_file()):
            return found
    raise ContentMissingError(name)


def project() -> Path:
    """Return the folder where the program keeps what it makes: the checkout's, else the working directory."""
    return PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else Path.cwd()
