"""A plan of the whole stack without an account: the real provider plans against an embedded AWS of its own."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.errors import LocalStackError
from tapeproof.local.package import build_zip
from tapeproof.local.terraform_run import VARIABLES, StackTerraform
from tapeproof.local.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.local.embedded_server import Server

__all__ = ["plan_stack"]


def plan_stack(document: Path, *, variables: Path = VARIABLES, say: Callable[[str], None] = lambda _: None) -> int:
    """Plan the stack as if nothing of it were there, and write the plan as `terraform show -json` prints it.

    The embedded AWS is started for this plan only, holds nothing and is ended afterwards; one that runs is not touched.

    Args:
        document: The file to write; a file of that name is replaced when the plan is whole.
        variables: The variables of the environment to plan.
        say: Told what is done.

    Returns:
        How many resources the plan creates.

    Raises:
        LocalStackError: The variables are not there, or the document cannot be written.
        EmbeddedAwsError: The embedded AWS does not start.
        TerraformFailedError: Terraform could not make a plan.
    """
    if not variables.is_file():
        raise LocalStackError(f"{variables}: no such file of variables", fix="name one with --var-file")
    with tempfile.TemporaryDirectory(prefix="tapeproof-plan-") as folder:
        workspace = Workspace(Path(folder))
        workspace.prepare()
        say("starting an embedded AWS for the plan")
        with _serve(workspace) as server:
            package = build_zip(workspace.package).path
            terraform = StackTerraform(workspace, server.environment(), package=package, variables=variables.absolute())
            terraform.init()
            say(f"planning with {variables}")
            planned = terraform.plan()
        _publish(workspace.plan_document, document)
    return planned


@contextlib.contextmanager
def _serve(workspace: Workspace) -> Iterator[Server]:
    """Serve an embedded AWS while the context lasts."""
    aws = EmbeddedAws(workspace)
    server = aws.start()
    try:
        yield server
    finally:
        aws.stop()


def _publish(plan: Path, document: Path) -> None:
    """Put a plan in its place, whole or not at all."""
    draft = document.with_name(f".{document.name}.draft")
    try:
        document.parent.mkdir(parents=True, exist_ok=True)
        # A plan holds every value of the stack: its owner only.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(plan.read_bytes())
        draft.replace(document)
    except OSError as error:
        raise LocalStackError(
            f"{document}: the plan cannot be written", why=error.strerror or str(error), fix="name another with --out"
        ) from error
