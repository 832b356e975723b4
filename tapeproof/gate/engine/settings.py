"""A project's own settings: ``.tapeproof.yaml`` in the working directory, or above it up to the repository's root.

    profile: aws-core
    fail_on: medium
    roots:
      stack:
        var_files: [stack/environments/dev.tfvars, stack/environments/prod.tfvars]
    exclude: [examples/*]
    off:
      - policy: TP_OBS_1
        paths: [legacy/*]
        reason: is watched by the operations team's own alarms
    parameters:
      TP_RUN_2: {maximum_timeout: 60}
    overrides:
      - policy: TP_RUN_2
        parameters: {maximum_timeout: 300}
        paths: [batch/*]
        reason: nobody waits for the nightly runs

Each of a root's variable files is an environment of its own, and the root is judged in every one; a list in the list
is several files for one environment. Paths are relative to the file.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.by_path import parse_off, parse_override, pattern_of
from tapeproof.gate.engine.documents import DocumentError
from tapeproof.gate.engine.environment import Environment, parse_environments
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.own_files import LARGEST_YAML, read_own_file
from tapeproof.gate.engine.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.by_path import Off, Override
    from tapeproof.gate.engine.catalog_source import CatalogSource
    from tapeproof.gate.engine.documents import Documents
    from tapeproof.gate.engine.protected import Protected

__all__ = [
    "BASELINE_NAME",
    "FILE_NAME",
    "SEVERITIES",
    "WAIVERS_NAME",
    "Environment",
    "Settings",
    "load_settings",
]

FILE_NAME = ".tapeproof.yaml"
WAIVERS_NAME = ".tapeproof-waivers.yaml"
BASELINE_NAME = ".tapeproof-baseline.json"
SEVERITIES = ("low", "medium", "high", "critical")
_KEYS = {"catalogs", "exclude", "fail_on", "off", "overrides", "parameters", "profile", "roots"}


@record(slots=False)
class Settings:
    """What a project sets.

    Attributes:
        environments: The environments of each root module, by its folder.
        exclude: Patterns of folders that are not judged.
        parameters: Parameters by policy.
        overrides: Parameters that policies have for some paths only.
        off: Policies that are not asked.
        profile: Which policies are asked; the catalogue's own choice when empty.
        fail_on: The least severity that the exit status counts.
        catalogs: Where policies come from besides the gate's own.
        file: Where it is set, as it is found from the working directory; empty when nothing is.
    """

    environments: Mapping[Path, tuple[Environment, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    off: tuple[Off, ...] = ()
    profile: str = ""
    fail_on: str = SEVERITIES[0]
    catalogs: tuple[CatalogSource, ...] = ()
    file: str = ""

    def environments_of(self, root: Path) -> tuple[Environment, ...]:
        """Return the environments of a root; one that sets nothing when there are none."""
        return self._by_place.get(root.resolve()) or (Environment(),)

    @cached_property
    def _by_place(self) -> dict[Path, tuple[Environment, ...]]:
        # Backwards, because the first of two names of one folder counts.
        return {folder.resolve(): listed for folder, listed in reversed([*self.environments.items()])}


def load_settings(folder: Path, documents: Documents, protected: Protected | None = None) -> Settings:
    """Return the settings of the project that a folder is in; the defaults when it has none.

    Args:
        folder: The folder.
        documents: Reads YAML.
        protected: The revision whose settings count; those of the working tree when absent.

    Raises:
        CannotJudgeError: The file cannot be read, or is not as it should be, or names a root that is not there, which
            that of a protected revision may: a pull request can be what removes the root.
    """
    base = _find(folder, protected)
    if base is None:
        return Settings()
    path = base / FILE_NAME
    data = _read(path, documents, protected)
    try:
        settings = _parse(data, base, str(path))
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise CannotJudgeError(f"{path}: {error}") from error
    for root in settings.environments if protected is None else ():
        if not root.is_dir():
            raise CannotJudgeError(
                f"{path}: there is no folder {root}", fix="name root modules as they are called here"
            )
    return settings


def _find(folder: Path, protected: Protected | None) -> Path | None:
    """Return the nearest folder with settings, from here up to the root of the repository."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100 - links are not followed: settings belong to where one stands
    for above in (here, *here.parents):
        path = above / FILE_NAME
        if os.path.lexists(path) if protected is None else protected.read(path) is not None:
            return Path(os.path.relpath(above)) if above != here else folder
        if (above / ".git").exists():
            return None
    return None


def _read(path: Path, documents: Documents, protected: Protected | None) -> dict[str, Any]:
    try:
        given = read_own_file(path, LARGEST_YAML) if protected is None else protected.read(path)
        data = documents.parse(given or b"")
    except DocumentError as error:
        raise CannotJudgeError(f"{path}: cannot be read: {error}") from error
    data = {} if data is None else data
    if isinstance(data, dict):
        # YAML 1.1 reads a bare `off` as false, and nobody puts a key of this file in quotes.
        data = {"off" if key is False else key: value for key, value in data.items()}
    if not isinstance(data, dict) or data.keys() - _KEYS:
        raise CannotJudgeError(f"{path}: must be a mapping with some of the keys {', '.join(sorted(_KEYS))}")
    return data


def _parse(data: dict[str, Any], base: Path, file: str) -> Settings:
    fail_on = str(data.get("fail_on") or SEVERITIES[0])
    if fail_on not in SEVERITIES:
        raise ValueError(f"fail_on: expected one of {', '.join(SEVERITIES)}, got {fail_on!r}")
    catalogs = tuple(_parse_sources(_list(data, "catalogs"), base))
    examples = (f"{source.where}/*/examples" for source in catalogs if source.kind == "path")
    return Settings(
        environments={
            base / root: parse_environments(entry, base) for root, entry in (data.get("roots") or {}).items()
        },
        exclude=(*(pattern_of(base, pattern) for pattern in _list(data, "exclude")), *examples),
        parameters=dict(_parse_parameters(data.get("parameters") or {})),
        overrides=tuple(parse_override(entry, base) for entry in _list(data, "overrides")),
        off=tuple(parse_off(entry, base) for entry in _list(data, "off")),
        profile=str(data.get("profile") or ""),
        fail_on=fail_on,
        catalogs=catalogs,
        file=file,
    )


def _parse_sources(listed: list[Any], base: Path) -> Iterator[CatalogSource]:
    if listed:
        from tapeproof.gate.engine.catalog_source import parse_source  # noqa: PLC0415 - few projects have some

        yield from (parse_source(entry, base) for entry in listed)


def _list(data: dict[str, Any], key: str) -> list[Any]:
    """Return a list that is set; a lone string is none, or each of its letters would be a pattern."""
    found = data.get(key)
    if found is not None and not isinstance(found, list):
        raise ValueError(f"{key}: expected a list, got {found!r}")
    return found or []


def _parse_parameters(given: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - YAML of any shape
    if not isinstance(given, dict):
        raise TypeError(f"parameters: expected policies and their parameters, got {given!r}")
    for policy, values in given.items():
        if not isinstance(values, dict):
            raise TypeError(f"parameters: {policy}: expected names and values, got {values!r}")
        yield str(policy), {str(name): value for name, value in values.items()}
