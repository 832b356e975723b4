"""A project's own settings: ``.tapeproof.yaml`` in the working directory.

    roots:
      stack:
        var_files: [stack/environments/dev.tfvars, stack/environments/prod.tfvars]
    exclude: [examples/*]
    parameters:
      TP_RUN_2: {maximum_timeout_s: 60}

Each of a root's variable files is an environment of its own, and the root is judged in every one; a list in the list
is several files for one environment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.documents import DocumentError
from tapeproof.gate.engine.errors import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.gate.engine.documents import Documents

__all__ = ["FILE_NAME", "WAIVERS_NAME", "Settings", "load_settings"]

FILE_NAME = ".tapeproof.yaml"
WAIVERS_NAME = ".tapeproof-waivers.yaml"
_KEYS = {"roots", "exclude", "parameters"}


@dataclass(frozen=True)
class Settings:
    """What a project sets.

    Attributes:
        environments: Variable files of each environment, by root module.
        exclude: Patterns of folders that are not judged.
        parameters: Parameters by policy.
    """

    environments: Mapping[Path, tuple[tuple[Path, ...], ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def environments_of(self, root: Path) -> tuple[tuple[Path, ...], ...]:
        """Return the variable files of each environment of a root; one without any when nothing is set."""
        if not self.environments:
            return ((),)
        wanted = root.resolve()
        found = next((files for folder, files in self.environments.items() if folder.resolve() == wanted), ())
        return found or ((),)


def load_settings(folder: Path, documents: Documents) -> Settings:
    """Return the settings of the project in a folder; the defaults when it has none.

    Args:
        folder: The folder.
        documents: Reads YAML.

    Raises:
        CannotJudgeError: The file cannot be read, or is not as it should be.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Settings()
    try:
        data = documents.load(path)
    except DocumentError as error:
        raise CannotJudgeError(f"{path}: cannot be read: {error}") from error
    data = {} if data is None else data
    if not isinstance(data, dict) or data.keys() - _KEYS:
        raise CannotJudgeError(f"{path}: must be a mapping with some of the keys {', '.join(sorted(_KEYS))}")
    try:
        return Settings(
            environments={Path(root): tuple(_environments(entry)) for root, entry in (data.get("roots") or {}).items()},
            exclude=tuple(str(pattern) for pattern in data.get("exclude") or ()),
            parameters={str(policy): dict(values) for policy, values in (data.get("parameters") or {}).items()},
        )
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise CannotJudgeError(f"{path}: {error}") from error


def _environments(entry: Any) -> list[tuple[Path, ...]]:  # noqa: ANN401 - YAML of any shape
    if not isinstance(entry, dict) or set(entry) != {"var_files"} or not isinstance(entry["var_files"], list):
        raise ValueError("each of the roots takes var_files, a list")
    return [tuple(map(Path, files)) if isinstance(files, list) else (Path(files),) for files in entry["var_files"]]
