"""Getting modules from registries and git, when that is asked for: by Terraform, as ``terraform init`` gets them.

``terraform get`` is the part of ``terraform init`` that gets modules; no provider is installed and no backend asked.
Terraform has no lock for modules: what is installed already and fits its version constraints stays as it is, so that a
cache of ``.terraform/modules`` spares the network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.frontends.hcl.calls import calls_elsewhere
from tapeproof.gate.kept import Kept
from tapeproof.gate.reading import Reading
from tapeproof.gate.secrets.masking import mask_secrets
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    from tapeproof.gate.question import Question

__all__ = ["install_modules"]

_VARIABLE = "TAPEPROOF_TERRAFORM"
_SECONDS = 600
_LINES = 12
"""How many of Terraform's last lines a message quotes."""


def install_modules(question: Question) -> None:
    """Get the modules of every root that calls some from elsewhere, and say on standard error for which.

    Args:
        question: Names the roots.

    Raises:
        GateError: There is no Terraform, or it cannot get a module.
    """
    reading = Reading(question, Documents())
    kept = Kept(None, question, reading.settings, "")
    for root in reading.roots(kept):
        files = [path for folder in reading.folders_of(root, kept) for path in reading.files.get(folder, ())]
        if any(calls_elsewhere(path, reading.sources) for path in files):
            sys.stderr.write(f"getting the modules of {escape_text(str(root))}\n")
            _get(_find_program(), root)


def _find_program() -> str:
    named = os.environ.get(_VARIABLE)
    found = named or shutil.which("terraform") or shutil.which("tofu")
    if not found:
        raise CannotJudgeError(
            "--init: there is no terraform or tofu on the path", fix=f"install one, or name it in {_VARIABLE}"
        )
    return found


def _get(program: str, root: Path) -> None:
    # The gate looks for modules where they are by default.
    environment = {name: value for name, value in os.environ.items() if name != "TF_DATA_DIR"}
    environment |= {"TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1", "GIT_TERMINAL_PROMPT": "0"}
    configured = environment.get("TF_CLI_CONFIG_FILE")
    if configured and not Path(configured).exists():
        environment["TF_CLI_CONFIG_FILE"] = os.devnull
    try:
        done = subprocess.run(
            [program, "get", "-no-color"],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        fix = f"install Terraform or OpenTofu, or name one that runs in {_VARIABLE}"
        raise CannotJudgeError(f"--init: {program} could not be run in {root}", why=str(error), fix=fix) from error
    if done.returncode:
        told = "\n".join(line for line in done.stderr.splitlines() if line.strip())
        last = mask_secrets("\n".join(told.splitlines()[-_LINES:]))
        raise CannotJudgeError(
            f"--init: the modules of {root} cannot be had: {last}",
            fix="make their source reachable, or leave out --init: then they are UNKNOWN",
        )
