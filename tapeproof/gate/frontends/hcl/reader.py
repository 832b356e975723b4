"""A folder of Terraform source to the model."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import RootError, SourceError
from tapeproof.gate.engine.evaluator.configuration import Configuration, configuration
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.stack import stack_of
from tapeproof.gate.engine.evaluator.world import Inputs, ModuleNotHereError, World
from tapeproof.gate.frontends.hcl.calls import LOCAL
from tapeproof.gate.frontends.hcl.files import module_files, read_text
from tapeproof.gate.frontends.hcl.inputs import Variables, root_inputs
from tapeproof.gate.frontends.hcl.parser import parse_template
from tapeproof.gate.frontends.hcl.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tapeproof.gate.engine.model import Stack

__all__ = ["Reader", "read"]


def read(root: Path, *, var_files: Sequence[Path] = (), variables: Mapping[str, str] | None = None) -> Stack:
    """Return the model of a root module.

    Args:
        root: Its folder.
        var_files: Variable files, later ones over earlier ones, as ``-var-file`` takes them.
        variables: Single values, over all files, as ``-var`` takes them.

    Raises:
        GateError: The folder has no Terraform in it, or a file cannot be read.
    """
    return Reader(Sources()).read(root, Variables(tuple(var_files), variables or {}))


class Reader:
    """Reads root modules; files that several share are parsed once.

    Args:
        sources: Parses files, and remembers them.
    """

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.configurations: dict[Path, Configuration] = {}
        self.asked: set[Path] = set()
        self.root = Path()

    def read(self, root: Path, variables: Variables) -> Stack:
        """Return the model of a root module.

        Raises:
            GateError: The folder has no Terraform in it, or a file cannot be read.
        """
        if not root.is_dir():
            raise RootError(f"{root}: there is no such folder; name the folder of a root module")
        self.root = root
        main = self._configuration(root)
        if not any(main.everything()) and not main.local_values:
            raise RootError(f"{root}: its Terraform files declare nothing; name the folder of a root module")
        inputs = root_inputs(root, variables, main, self.sources)
        files = Files(root, str(root))
        world = World(main, self, Inputs(inputs.values, _workspace(root)), files, parse_template)
        stack = stack_of(world, str(root), self.sources.lines, inputs.literals)
        self.asked |= files.asked
        return stack

    def module(self, source: str, caller: Configuration, address: str) -> Configuration:
        """Return what a called module declares; see ``Loader``."""
        if source.startswith(LOCAL) or source in {".", ".."}:
            folder = Path(os.path.normpath(caller.folder / source))
            if not folder.is_dir():
                raise ModuleNotHereError(f"there is no folder {folder}")
            return self._configuration(folder)
        installed = self._installed(address)
        if installed is None:
            raise ModuleNotHereError(f"{source!r} is not on this disk; run `terraform init` to have it judged too")
        return self._configuration(installed)

    def _configuration(self, folder: Path) -> Configuration:
        if folder not in self.configurations:
            primary, overrides = module_files(folder)
            self.configurations[folder] = configuration(
                folder,
                str(folder),
                [(str(path), self.sources.parsed(path)) for path in primary],
                [(str(path), self.sources.parsed(path)) for path in overrides],
            )
        return self.configurations[folder]

    def _installed(self, address: str) -> Path | None:
        """Return where ``terraform init`` put a module from elsewhere, by its own manifest."""
        manifest = self.root / ".terraform" / "modules" / "modules.json"
        self.asked.add(manifest)
        if not manifest.is_file():
            return None
        try:
            entries = json.loads(read_text(manifest, str(manifest)))["Modules"]
            found = next((entry["Dir"] for entry in entries if entry["Key"] == address), None)
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(str(manifest), "is no manifest of modules; run `terraform init` again") from error
        folder = None if found is None else Path(os.path.normpath(self.root / found))
        return folder if folder is not None and folder.is_dir() else None


def _workspace(root: Path) -> str:
    """Return the selected workspace, as Terraform finds it."""
    chosen = os.environ.get("TF_WORKSPACE", "")
    if chosen:
        return chosen
    try:
        return (root / ".terraform" / "environment").read_text(encoding="utf-8").strip() or "default"
    except (OSError, UnicodeDecodeError):
        return "default"
