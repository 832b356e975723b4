"""Which folders hold Terraform, and which of them are root modules."""

from __future__ import annotations

import os
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tapeproof.gate.engine.by_path import is_like
from tapeproof.gate.engine.errors import RootError
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.states import folder_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "Found",
    "PassedOver",
    "collect_reachable",
    "configuration_names",
    "found_below",
    "is_configuration",
    "roots_of",
]

_TERRAFORM, _OPENTOFU = (".tf", ".tf.json"), (".tofu", ".tofu.json")
_EXTENSIONS = (*_TERRAFORM, *_OPENTOFU)
_NEVER = frozenset({"node_modules", "__pycache__"})
_OWN = frozenset({".git", ".terraform"})
"""Hidden folders that are no part of a configuration; installed modules are found by their manifest."""
_OTHER_FILES = (
    ((".tfstack.hcl", ".tfcomponent.hcl", ".tfdeploy.hcl"), "a file of Terraform Stacks, which are not judged", True),
    (
        ("terragrunt.hcl", "terragrunt.stack.hcl", "terragrunt.values.hcl"),
        "a file of Terragrunt, whose inputs and generated files are not known here",
        True,
    ),
    ((".tfquery.hcl", ".tfquery.json"), "a query, which makes nothing", False),
    ((".tftest.hcl", ".tftest.json", ".tofutest.hcl", ".tofutest.json"), "a test, which leaves nothing behind", False),
    ((".tfmock.hcl", ".tofumock.hcl"), "mock data of tests", False),
)
"""Files of Terraform and OpenTofu that are no configuration, what they are, and whether that leaves something unjudged
(Terraform documentation, "Files and configuration structure", "Tests", "Stacks"; OpenTofu documentation, "Files")."""
_MOST_LISTED, _FEW_LISTED = 2_000, 50
"""Folders that are listed to see whether Terraform was passed over: where somebody excludes it, and elsewhere."""


class PassedOver(NamedTuple):
    """A file or folder of Terraform that is not judged.

    Attributes:
        path: Where it is.
        reason: What it is, as the end of a sentence.
        excluded: Whether the project's own settings leave it out.
        unjudged: Whether something is left unjudged that nobody chose to leave out.
    """

    path: str
    reason: str
    excluded: bool = False
    unjudged: bool = False


class _NotEntered(StrEnum):
    """Why a folder is not entered, as the end of a sentence."""

    NO_PART = "no part of a configuration"
    EXCLUDED = "excluded by the project's settings"
    HIDDEN = "hidden"
    PACKAGES = "a folder of packages"
    LINK = "a link to a folder"


class Found(NamedTuple):
    """What is on the disk.

    Attributes:
        files: Terraform files by folder, in order.
        states: The state of every folder that was listed, with Terraform in it or not.
        passed_over: What is of Terraform and was not read.
    """

    files: dict[Path, tuple[Path, ...]]
    states: dict[Path, str]
    passed_over: tuple[PassedOver, ...] = ()


def is_configuration(name: str) -> bool:
    """Return whether Terraform reads a file of this name: not hidden, no editor's backup."""
    return name.endswith(_EXTENSIONS) and not name.startswith((".", "#"))


def found_below(start: Path, exclude: Sequence[str] = ()) -> Found:
    """Return the Terraform files in a folder and below it, and what is passed over.

    Hidden folders, links to folders, ``node_modules`` and what the project excludes are not entered.

    Args:
        start: Where to begin.
        exclude: Patterns of folders to leave out, relative to the working directory: ``policies/*/examples``.

    Raises:
        RootError: A folder cannot be listed.
    """
    files: dict[Path, tuple[Path, ...]] = {}
    states: dict[Path, str] = {}
    passed_over: list[PassedOver] = []
    for name, below, names in os.walk(start, onerror=_refuse_folder):
        folder = Path(name)
        states[folder] = folder_state([*below, *names])
        left = {inner: _why_not_entered(folder / inner, exclude) for inner in below}
        below[:] = sorted(inner for inner, why in left.items() if not why)
        passed_over += _folders_passed_over(folder, left)
        passed_over += _files_passed_over(folder, names)
        configuration = tuple(folder / file for file in configuration_names(names))
        if configuration:
            files[folder] = configuration
    return Found(files, states, tuple(passed_over))


def configuration_names(names: Iterable[str]) -> list[str]:
    """Return the names that are read of those in one folder, in order.

    Where there is ``main.tf`` and ``main.tofu``, OpenTofu reads the latter alone, and so does the gate.
    """
    read = sorted(filter(is_configuration, names))
    replaced = {_find_replaced_name(name) for name in read}
    return [name for name in read if name not in replaced]


def _find_replaced_name(name: str) -> str:
    """Return the file that OpenTofu leaves out for another one; empty for none."""
    for ours, theirs in zip(_OPENTOFU, _TERRAFORM, strict=True):
        if name.endswith(ours):
            return name.removesuffix(ours) + theirs
    return ""


def _why_not_entered(folder: Path, exclude: Sequence[str]) -> _NotEntered | None:
    """Return why a folder is not entered; None when it is."""
    if folder.name in _OWN or (folder / "pyvenv.cfg").exists():
        return _NotEntered.NO_PART
    if _is_excluded(folder, exclude):
        return _NotEntered.EXCLUDED
    if folder.name.startswith("."):
        return _NotEntered.HIDDEN
    if folder.name in _NEVER:
        return _NotEntered.PACKAGES
    return _NotEntered.LINK if folder.is_symlink() else None


def _folders_passed_over(folder: Path, left: Mapping[str, _NotEntered | None]) -> Iterator[PassedOver]:
    for inner, why in sorted(left.items()):
        excluded = why is _NotEntered.EXCLUDED
        if why in {None, _NotEntered.NO_PART}:
            continue
        if _holds_configuration(folder / inner, _MOST_LISTED if excluded else _FEW_LISTED):
            yield PassedOver(str(folder / inner), str(why), excluded=excluded)


def _files_passed_over(folder: Path, names: Sequence[str]) -> Iterator[PassedOver]:
    replacing = {_find_replaced_name(name): name for name in names if _find_replaced_name(name) in names}
    for name in sorted(names):
        if name in replacing:
            yield PassedOver(str(folder / name), f"OpenTofu reads {replacing[name]} in its place")
        for endings, what, unjudged in _OTHER_FILES:
            if name.endswith(endings):
                yield PassedOver(str(folder / name), what, unjudged=unjudged)


def _holds_configuration(folder: Path, most: int) -> bool:
    """Return whether there is Terraform in a folder or below it, as far as a look at so many folders shows."""
    for _, below, names in islice(os.walk(folder), most):
        if any(map(is_configuration, names)):
            return True
        below[:] = sorted(inner for inner in below if inner not in _OWN)
    return False


def _refuse_folder(error: OSError) -> NoReturn:
    raise RootError(f"{error.filename}: cannot be listed: {error.strerror}; exclude it, or make it readable") from error


def _is_excluded(folder: Path, patterns: Sequence[str]) -> bool:
    return any(is_like(str(folder), pattern) for pattern in patterns)


def roots_of(folders: Iterable[Path], calls: Mapping[Path, frozenset[Path]], given: Iterable[Path]) -> list[Path]:
    """Return the root modules among some folders: the given ones, and whatever no other folder calls.

    Folders that only call each other in a circle have no such root; the first becomes one, so that all are read.

    Args:
        folders: Folders with Terraform in them.
        calls: The folders that each folder's modules come from.
        given: Folders the user named.
    """
    ordered = sorted(folders)
    called = {target for folder in ordered for target in calls.get(folder, ()) if target != folder}
    roots = [*dict.fromkeys(given), *(folder for folder in ordered if folder not in called)]
    roots = list(dict.fromkeys(roots))
    reached = collect_reachable(roots, calls)
    for folder in ordered:
        if folder not in reached:
            roots.append(folder)
            reached |= collect_reachable([folder], calls)
    return roots


def collect_reachable(roots: Iterable[Path], calls: Mapping[Path, frozenset[Path]]) -> set[Path]:
    """Return some folders and all whose modules they call, through however many calls."""
    reached: set[Path] = set()
    waiting = list(roots)
    while waiting:
        folder = waiting.pop()
        if folder not in reached:
            reached.add(folder)
            waiting.extend(calls.get(folder, ()))
    return reached
