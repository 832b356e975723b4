"""The stack that a question about access is asked of: a root module, a plan, or an account."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.revision import checked_out
from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.environment import Environment
from tapeproof.gate.engine.errors import RootError, SourceError
from tapeproof.gate.engine.model import Stack
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = ["Source", "read_both", "read_stack"]


class Source(NamedTuple):
    """Where a stack is read from.

    Attributes:
        root: The folder of a root module.
        plan: A plan as JSON, in place of the root.
        live: Whether the account is meant, in place of both.
        region: The account's region.
        suffix: What names in the account end in.
        var_files: Variable files; those of the root's first environment without any.
        variables: Single values.
        environment: What the root is read with, where that is known already.
    """

    root: Path = Path()
    plan: Path | None = None
    live: bool = False
    region: str | None = None
    suffix: str = ""
    var_files: tuple[Path, ...] = ()
    variables: Mapping[str, str] = {}
    environment: Environment | None = None


def read_stack(source: Source) -> Stack:
    """Return the stack.

    Raises:
        GateError: It cannot be read.
    """
    if source.plan is not None:
        from tapeproof.gate.frontends.plan.reader import read as read_plan  # noqa: PLC0415 - only where one is named

        return read_plan(source.plan)
    if source.live:
        from tapeproof.gate.frontends.live.reader import read as read_account  # noqa: PLC0415 - imports the AWS SDK

        return read_account(region=source.region, suffix=source.suffix)
    from tapeproof.gate.frontends.hcl.reader import read  # noqa: PLC0415 - a plan needs no parser

    if not source.root.is_dir():
        raise RootError(f"{source.root}: there is no such folder; name the folder of a root module")
    environment = _environment_of(source)
    return read(source.root, environment.files, source.variables, environment.workspace, environment.data)


def read_both(source: Source, revision: str) -> tuple[Stack, Stack]:
    """Return a root module as it was at a revision, and as it is.

    Both are read with the variable files of the working tree, so that only the configuration differs.

    Raises:
        GateError: One of them cannot be read.
    """
    if not source.root.is_dir():
        raise RootError(f"{source.root}: there is no such folder; name the folder of a root module")
    environment = _environment_of(source)
    environment = environment._replace(files=tuple(file.resolve() for file in environment.files))
    absolute = source._replace(environment=environment)
    with checked_out(source.root, revision) as base:
        return _read_base(absolute._replace(root=base), source.root, revision), read_stack(absolute)


def _read_base(source: Source, root: Path, revision: str) -> Stack:
    """Return a root module as it was: without anything where it was not there yet.

    Raises:
        AccessError: It cannot be read; the message names the place in the repository.
    """
    try:
        return read_stack(source)
    except RootError:  # nothing is declared there, or the folder is new
        return Stack(root=str(root), front_end="hcl")
    except SourceError as error:
        file = Path(error.file)
        named = root / file.relative_to(source.root) if file.is_relative_to(source.root) else file
        why = f"{named} at {revision}, line {error.line}: {error.reason}"
        raise AccessError(why, fix="name a --base that can be read") from error


def _environment_of(source: Source) -> Environment:
    """Return what a root module is read with: the named files, else its first environment."""
    if source.environment is not None:
        return source.environment
    if source.var_files:
        return Environment(source.var_files)
    return load_settings(Path(), Documents()).environments_of(source.root)[0]
