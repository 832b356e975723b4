"""A folder of Terraform source to the model."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.boundary import OUTSIDE
from tapeproof.gate.engine.errors import RootError, SourceError
from tapeproof.gate.engine.evaluator.configuration import Configuration, configuration
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.stack import stack_of
from tapeproof.gate.engine.evaluator.world import Inputs, ModuleNotHereError, World
from tapeproof.gate.engine.model import NOWHERE
from tapeproof.gate.engine.states import state_of
from tapeproof.gate.frontends.embedded.kinds import has_embedded
from tapeproof.gate.frontends.hcl.calls import LOCAL
from tapeproof.gate.frontends.hcl.files import module_files, read_text
from tapeproof.gate.frontends.hcl.inputs import Variables, root_inputs, variable_files
from tapeproof.gate.frontends.hcl.installed import find_difference
from tapeproof.gate.frontends.hcl.parser import parse_template
from tapeproof.gate.frontends.hcl.sources import Sources
from tapeproof.gate.frontends.hcl.values_beside import values_beside
from tapeproof.gate.frontends.plain import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tapeproof.gate.engine.evaluator.syntax import Source
    from tapeproof.gate.engine.model import Stack

__all__ = ["Reader", "read"]


def read(
    root: Path,
    var_files: Sequence[Path] = (),
    variables: Mapping[str, str] | None = None,
    workspace: str = "",
    data: Iterable[tuple[str, str]] = (),
) -> Stack:
    """Return the model of a root module.

    Args:
        root: Its folder.
        var_files: Variable files, later ones over earlier ones, as ``-var-file`` takes them.
        variables: Single values, over all files, as ``-var`` takes them.
        workspace: The workspace; the selected one when empty.
        data: What attributes of data sources are, by address, as JSON.

    Raises:
        GateError: The folder has no Terraform in it, or a file cannot be read.
    """
    return Reader(Sources()).read(root, Variables(tuple(var_files), variables or {}), workspace, data)


def _unfold(stack: Stack) -> Stack:
    """Return a stack with what its resources hold in CloudFormation's terms."""
    if not has_embedded(stack):
        return stack
    from tapeproof.gate.frontends.embedded.unfolding import unfold  # noqa: PLC0415 - few need it

    return unfold(stack)


class Reader:
    """Reads root modules; files that several share are parsed once.

    Args:
        sources: Parses files, and remembers them.

    Attributes:
        states: Everything that the model was made from, as it was then.
        files: The Terraform files among that.
        world: The root module that was read last, with what was worked out of it.
    """

    def __init__(self, sources: Sources) -> None:
        self.world: World | None = None
        self.sources = sources
        self.configurations: dict[Path, Configuration] = {}
        self.states: dict[Path, str] = {}
        self.files: set[Path] = set()
        self.root = Path()

    def read(
        self, root: Path, variables: Variables, workspace: str = "", data: Iterable[tuple[str, str]] = ()
    ) -> Stack:
        """Return the model of a root module; see ``read``.

        Raises:
            GateError: The folder has no Terraform in it, or a file cannot be read.
        """
        if not root.is_dir():
            self.states[root] = state_of(root)
            raise RootError(f"{root}: there is no such folder; name the folder of a root module")
        self.root = root
        self.states |= {path: state_of(path) for path in variables.files}
        main = self._configuration(root)
        if not any(main.everything()) and not main.local_values and not main.strange:
            raise RootError(f"{root}: its Terraform files declare nothing; name the folder of a root module")
        inputs = root_inputs(root, variables, main, self._parse_file)
        given = set(variable_files(root, variables.files))
        literals = (*inputs.literals, *values_beside(root, given, self._parse_file, self.states))
        files = Files(root, str(root), self.sources.boundary)
        answers = {address: value_of(json.loads(text), NOWHERE) for address, text in data}
        chosen = Inputs(inputs.values, workspace or self._workspace(), answers)
        constants, written = self.sources.constants, self.sources.written
        world = self.world = World(main, self, chosen, files, parse_template, constants=constants, written=written)
        try:
            return _unfold(stack_of(world, str(root), self.sources.lines, literals))
        finally:
            self.states |= files.states

    def module(self, source: str, caller: Configuration, address: str, version: str = "") -> Configuration:
        """Return what a called module declares; see ``Loader``."""
        if source.startswith(LOCAL) or source in {".", ".."}:
            folder = Path(os.path.normpath(caller.folder / source))
            if not _is_folder(folder):
                self.states[folder] = state_of(folder)
                raise ModuleNotHereError(f"there is no folder {folder}")
            if not self.sources.may_read(folder):
                raise ModuleNotHereError(f"{folder} {OUTSIDE}")
            return self._configuration(folder)
        installed = self._find_installed_module(address, source, version)
        if installed is None:
            raise ModuleNotHereError(f"{source!r} is not on this disk; run `terraform init` to have it judged too")
        return self._configuration(installed)

    def _configuration(self, folder: Path) -> Configuration:
        if folder not in self.configurations:
            self.states[folder] = state_of(folder)
            primary, overrides, self.states[folder] = module_files(folder)
            self.files.update(primary, overrides)
            for path in (*primary, *overrides):  # all of them: a fault in one is no reason not to have read the others
                with suppress(SourceError):
                    self._parse_file(path)
            self.configurations[folder] = configuration(
                folder,
                str(folder),
                [(str(path), self._parse_file(path)) for path in primary],
                [(str(path), self._parse_file(path)) for path in overrides],
            )
        return self.configurations[folder]

    def _find_installed_module(self, address: str, source: str, version: str) -> Path | None:
        """Return where ``terraform init`` put a module from elsewhere, by its own manifest.

        Raises:
            ModuleNotHereError: It is another one than is asked for now.
        """
        manifest = self.root / ".terraform" / "modules" / "modules.json"
        if not self.sources.may_read(manifest) or not manifest.is_file():
            self.states[manifest] = state_of(manifest)
            return None
        try:
            entries = json.loads(read_text(manifest, str(manifest), self.states))["Modules"]
            entry = next((entry for entry in entries if entry["Key"] == address), None)
            found = None if entry is None else Path(entry["Dir"])
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(
                str(manifest), "the file is no manifest of modules; run `terraform init` again"
            ) from error
        if entry is None or found is None:
            return None
        difference = find_difference(entry, source, version)
        if difference:
            raise ModuleNotHereError(f"{difference}; run `terraform init` to have it judged")
        folder = Path(os.path.normpath(self.root / found))
        self.states[folder] = state_of(folder)
        return folder if _is_folder(folder) and self.sources.may_read(folder) else None

    def _parse_file(self, path: Path) -> Source:
        """Return a file's syntax, and note what was read.

        Raises:
            SourceError: It cannot be read, or is no Terraform.
        """
        try:
            return self.sources.parse_file(path)
        finally:
            self.states[path] = self.sources.states[path]

    def _workspace(self) -> str:
        """Return the selected workspace, as Terraform finds it."""
        chosen = os.environ.get("TF_WORKSPACE", "")
        path = self.root / ".terraform" / "environment"
        try:
            if not self.sources.may_read(path):
                return chosen or "default"
            return chosen or read_text(path, str(path), self.states).strip() or "default"
        except SourceError:
            return "default"


def _is_folder(path: Path) -> bool:
    """Return whether a folder lies at a path; none does where the path is longer than a system allows."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises on such a path
