"""What a root module is judged with: variable files, a workspace, and what data sources would answer.

    roots:
      stack:
        environments:
          prod:
            var_files: [stack/environments/prod.tfvars]
            workspace: prod
            data:
              data.aws_caller_identity.current.account_id: "111122223333"

``var_files: [dev.tfvars, [base.tfvars, prod.tfvars]]`` is short for environments of nothing but files.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Environment", "parse_environments"]

_DATA = r"(module\.\S+\.)?data\.\w+\.[\w-]+(\[\S+\])?\.\w+"


class Environment(NamedTuple):
    """What a root module is judged with.

    Attributes:
        files: Variable files, later ones over earlier ones.
        workspace: The workspace; the selected one when empty.
        data: Values of data sources' attributes by address, ``data.aws_region.current.name``, as JSON.
        title: What its owner calls it; empty where the files are its name.
    """

    files: tuple[Path, ...] = ()
    workspace: str = ""
    data: tuple[tuple[str, str], ...] = ()
    title: str = ""

    @property
    def name(self) -> str:
        """What tells it from others of the same root."""
        return self.title or ", ".join(map(str, self.files))


def parse_environments(entry: Any, base: Path) -> tuple[Environment, ...]:  # noqa: ANN401 - YAML of any shape
    """Return the environments that the settings name for a root module.

    Args:
        entry: What stands below the root.
        base: The folder that the settings lie in.

    Raises:
        ValueError: It is not as it should be.
    """
    if not isinstance(entry, dict) or entry.keys() not in ({"var_files"}, {"environments"}):
        raise ValueError("each of the roots takes var_files, a list, or environments, a mapping")
    if "environments" in entry:
        named = entry["environments"]
        if not isinstance(named, dict) or not named:
            raise ValueError("each of the roots takes var_files, a list, or environments, a mapping of at least one")
        return tuple(_environment(str(title), one, base) for title, one in named.items())
    if not isinstance(entry["var_files"], list):
        raise TypeError("each of the roots takes var_files, a list")
    listed = (files if isinstance(files, list) else [files] for files in entry["var_files"])
    return tuple(Environment(tuple(base / file for file in files)) for files in listed)


def _environment(title: str, entry: Any, base: Path) -> Environment:  # noqa: ANN401 - YAML of any shape
    if not isinstance(entry, dict) or entry.keys() - {"var_files", "workspace", "data"}:
        raise ValueError(f"environment {title}: takes some of var_files, workspace and data")
    data = entry.get("data") or {}
    if not isinstance(data, dict) or not all(re.fullmatch(_DATA, str(address)) for address in data):
        raise ValueError(f"environment {title}: data takes addresses such as data.aws_region.current.name")
    files = entry.get("var_files") or []
    if not isinstance(files, list):
        raise TypeError(f"environment {title}: var_files: expected a list, got {files!r}")
    values = sorted((str(address), json.dumps(value)) for address, value in data.items())
    return Environment(tuple(base / file for file in files), str(entry.get("workspace") or ""), tuple(values), title)
