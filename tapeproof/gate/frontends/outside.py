"""Asks the gate from a Python that cannot run it: checkov's, where another package occupies the name ``hcl2``.

Only the standard library is used, and no newer syntax than Python 3.9: this runs in other people's environments.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["GateUnavailableError", "Results", "addresses_alike", "ask", "command", "roots_below"]

PROJECT = Path(__file__).resolve().parents[3]
VARIABLE = "TAPEPROOF"
TIMEOUT_S = 600
_SKIPPED = {".terraform", ".git", ".venv", "node_modules", ".external_modules", "__pycache__"}
_LOCAL_SOURCE = re.compile(r"""["']?\bsource["']?\s*[=:]\s*"(\.{1,2}/[^"$]*)\"""")
_KEY = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|[^\]]*)\]")
_TOLD = {0, 1, 2}


class GateUnavailableError(Exception):
    """The gate could not be asked; its text says why, and the way out."""


class Results:
    """What the gate found, and what of it was passed on already.

    Args:
        data: The gate's JSON report.
        folder: What its paths are relative to.
    """

    def __init__(self, data: dict[str, Any], folder: Path) -> None:
        self.all: list[dict[str, Any]] = data["results"]
        self.problems: list[str] = data.get("problems", [])
        self._told: set[int] = set()
        for result in self.all:
            result["path"] = os.path.realpath(folder / result["file"]) if result["file"] else ""

    def on(self, policy: str, address: str, path: str, lines: tuple[int, int]) -> list[dict[str, Any]]:
        """Return what a policy says of one block, and count it as passed on.

        Args:
            policy: The policy's id.
            address: Address of the block, if it is a resource or data source.
            path: The file it is in.
            lines: Its first and last line.
        """
        file = os.path.realpath(path)
        own = [(at, result) for at, result in enumerate(self.all) if result["policy"] == policy]
        found = [(at, result) for at, result in own if address and result["resource"] == address]
        found = found or [
            (at, result) for at, result in own if address and addresses_alike(result["resource"], address)
        ]
        for at, result in own:
            inside = result["path"] == file and lines[0] <= result["line"] <= lines[1]
            if inside and not _is_of_resource(result["resource"]):
                found.append((at, result))
        self._told.update(at for at, _ in found)
        return [result for _, result in found]

    def untold(self) -> list[dict[str, Any]]:
        """Return what stops the gate and was not passed on: findings in locals, variables and variable files."""
        stops = {"fail", "unknown"}
        return [r for at, r in enumerate(self.all) if at not in self._told and r["verdict"] in stops]


def addresses_alike(one: str, other: str) -> bool:
    """Return whether two addresses are of the same block, instance keys left aside."""
    return _KEY.sub("", one) == _KEY.sub("", other)


def _is_of_resource(address: str) -> bool:
    return re.search(r"(?:^|\.)(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[\w-]+$", _KEY.sub("", address)) is not None


def ask(roots: list[Path], var_files: list[str], folder: Path) -> Results:
    """Return what the gate finds in some root modules.

    Args:
        roots: Folders.
        var_files: Variable files, as Terraform takes them.
        folder: The working directory: settings and waivers are looked for there.

    Raises:
        GateUnavailableError: There is no gate, or it gave no answer.
    """
    arguments = [*command(), "gate", "check", *map(str, roots), "--format", "json"]
    for file in var_files:
        arguments += ["--var-file", file]
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    try:
        done = subprocess.run(
            arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GateUnavailableError(f"{arguments[0]} could not be run: {error}") from error
    try:
        data = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        told = done.stderr.strip() or f"it ended with status {done.returncode}"
        raise GateUnavailableError(f"the gate gave no answer: {told}") from error
    if done.returncode not in _TOLD or not isinstance(data, dict) or "results" not in data:
        raise GateUnavailableError(f"the gate ended with status {done.returncode}: {done.stderr.strip()}")
    return Results(data, folder)


def command() -> list[str]:
    """Return how to start the gate: ``$TAPEPROOF``, else ``tapeproof`` on the path, else this project's environment.

    Raises:
        GateUnavailableError: There is none.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return [chosen]
    places = [
        shutil.which("tapeproof"),
        PROJECT / ".venv" / "bin" / "tapeproof",
        Path(sys.prefix) / "bin" / "tapeproof",
    ]
    for place in places:
        if place and os.access(place, os.X_OK):
            return [str(place)]
    raise GateUnavailableError(
        f"there is no tapeproof command; install it in an environment of its own (pipx install tapeproof) and put it "
        f"on the path, or name it in ${VARIABLE}"
    )


def roots_below(folder: Path) -> list[Path]:
    """Return the root modules below a folder: those with Terraform in them that no other one there calls by path."""
    modules: dict[str, Path] = {}
    called: set[str] = set()
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED)
        sources = [
            name
            for name in files
            if name.endswith((".tf", ".tf.json", ".tofu", ".tofu.json")) and (Path(path) / name).is_file()
        ]
        if sources:
            modules[os.path.realpath(path)] = Path(path)
        for name in sources:
            text = (Path(path) / name).read_text(encoding="utf-8", errors="replace")
            called.update(os.path.realpath(os.path.join(path, found)) for found in _LOCAL_SOURCE.findall(text))  # noqa: PTH118 - normalised as a whole
    return [module for real, module in modules.items() if real not in called]
