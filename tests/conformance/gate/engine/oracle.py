"""The ``terraform`` binary as the oracle of expressions."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

REFUSED = "terraform refuses this expression"
_ANSWER = re.compile(r'"([A-Za-z0-9+/=]*|refused)",')


def terraform_path() -> str | None:
    return shutil.which("terraform")


def console(expressions: Sequence[str], folder: Path) -> list[object]:
    """Return what Terraform makes of each expression, in plain Python; ``REFUSED`` where it makes nothing.

    All are asked at once, as one list; each as base64 of JSON, so that no answer spans lines. Where one is refused in
    a way that ``try`` cannot catch, so is the list, and its halves are asked again.

    Raises:
        RuntimeError: Terraform fails for a reason that is not in the expressions.
    """
    asked = ",".join(f'nonsensitive(try(base64encode(jsonencode([{one}])), "refused"))' for one in expressions)
    found = _ANSWER.findall(_run(f"[{asked}]\n", folder))
    if len(found) == len(expressions):
        return [_decoded(answer) for answer in found]
    if len(expressions) == 1:
        return [REFUSED]
    middle = len(expressions) // 2
    return [*console(expressions[:middle], folder), *console(expressions[middle:], folder)]


def _run(text: str, folder: Path) -> str:
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1", "NO_COLOR": "1"}
    # Each console locks its state, there or not: two in one folder would refuse what the other asks.
    with TemporaryDirectory(prefix="console-") as place:
        command = [str(terraform_path()), "console", f"-state={place}/terraform.tfstate"]
        done = subprocess.run(
            command, input=text, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
    if done.returncode and "<console-input>" not in done.stderr:
        raise RuntimeError(f"terraform console failed, and not for an expression: {done.stderr or done.returncode}")
    return done.stdout


def _decoded(answer: str) -> object:
    if answer == "refused":
        return REFUSED
    return json.loads(base64.b64decode(answer), parse_float=Decimal)[0]
