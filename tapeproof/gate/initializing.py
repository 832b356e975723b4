"""What `tapeproof gate init` does: look at a repository's Terraform, and write settings that fit it."""

from __future__ import annotations

import json
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.discovery import found_below
from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.errors import CannotJudgeError, SourceError
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.settings import BASELINE_NAME, FILE_NAME
from tapeproof.gate.kept import Kept
from tapeproof.gate.question import Question
from tapeproof.gate.reading import Reading
from tapeproof.terminal import count_of, escape_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tapeproof.gate.engine.evaluator.syntax import Body

__all__ = ["initialize"]

_VALUES = (".tfvars", ".tfvars.json")
_AUTOMATIC = re.compile(r"terraform\.tfvars(\.json)?|.*\.auto\.tfvars(\.json)?")
_SHARED = {"base", "common", "default", "defaults", "global", "shared"}
"""What files are called whose values hold in every environment."""
_WORKSPACE = re.compile(r'terraform\.workspace\s*[!=]=\s*"([\w-]+)"|"([\w-]+)"\s*[!=]=\s*terraform\.workspace')
_COMMENT = re.compile(r"^\s*(#|//).*$", re.MULTILINE)
_PLAIN = re.compile(r"(?!(?i:yes|no|on|off|true|false|null|y|n)$)[A-Za-z_./][\w./-]*")
_BY_WORKSPACE = re.compile(r"\bterraform\.workspace\b")


class _Root(NamedTuple):
    """A root module.

    Attributes:
        folder: Where it is.
        declared: Its variables, and whether each has a default.
        by_workspace: Whether the workspace decides something in it.
        workspaces: Those that it compares with.
    """

    folder: Path
    declared: Mapping[str, bool]
    by_workspace: bool
    workspaces: tuple[str, ...]


def initialize(profile: str) -> int:
    """Write settings for the repository in the working directory, and say what is in them and what comes next.

    Args:
        profile: Which policies are asked.

    Returns:
        0.

    Raises:
        GateError: There are settings already, or there is no Terraform here.
        OSError: The file cannot be written.
    """
    path = Path(FILE_NAME)
    if path.exists():
        raise CannotJudgeError(f"{path}: is there already", fix="change it, or remove it and run this again")
    reading = Reading(Question(), Documents())
    roots = [_describe_root(root, reading) for root in reading.roots(Kept(None, Question(), reading.settings, ""))]
    values = {file: names for file in _list_values() if (names := _names_in(file, reading))}
    lines = [f"profile: {profile} # `tapeproof gate list` names the policies", "roots:"]
    told = []
    for root in roots:
        entry, missing = _write_root(root, values)
        lines += entry
        told.append(_tell_root(root, entry, missing))
    if not any(line.startswith("  ") for line in lines):
        lines.pop()
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    sys.stdout.write("".join(f"{escape_text(line)}\n" for line in told))
    sys.stdout.write(f"\nwrote {path}: {count_of(len(roots), 'root module')}. Look at it, then see what is found:\n")
    sys.stdout.write("  tapeproof gate check\n")
    sys.stdout.write(f"and accept what is there today, so that only what is new fails ({BASELINE_NAME}):\n")
    sys.stdout.write('  tapeproof gate baseline --reason "found when the gate came" --owner "YOUR TEAM"\n')
    return 0


def _describe_root(folder: Path, reading: Reading) -> _Root:
    declared: dict[str, bool] = {}
    texts = []
    for file in reading.files.get(folder, ()):
        with suppress(SourceError):
            texts.append(reading.sources.text(file))
            for block in reading.sources.parse_file(file).body.blocks:
                if block.type == "variable" and block.labels:
                    declared[block.labels[0]] = block.body.attribute("default") is not None
    text = _COMMENT.sub("", "\n".join(texts))
    compared = sorted({one or other for one, other in _WORKSPACE.findall(text)})
    return _Root(folder, declared, bool(_BY_WORKSPACE.search(text)), tuple(compared))


def _list_values() -> Iterator[Path]:
    """Yield the variable files that Terraform does not read by itself."""
    folders = [Path(), *sorted({parent for folder in found_below(Path()).files for parent in (folder, folder.parent)})]
    seen: set[Path] = set()
    for folder in folders:
        for file in sorted(folder.rglob("*.tfvars*")):
            hidden = any(part.startswith(".") for part in file.parts)
            if file not in seen and file.name.endswith(_VALUES) and not hidden and not _AUTOMATIC.fullmatch(file.name):
                seen.add(file)
                yield file


def _names_in(file: Path, reading: Reading) -> frozenset[str]:
    """Return the variables that a file sets; none where it cannot be read."""
    with suppress(SourceError):
        body: Body = reading.sources.parse_file(file).body
        return frozenset(attribute.name for attribute in body.attributes)
    return frozenset()


def _files_of(root: _Root, values: Mapping[Path, frozenset[str]]) -> list[Path]:
    """Return the variable files that fit a root: near it, and setting nothing that it does not declare."""
    near = (root.folder, root.folder.parent)
    return [
        file
        for file, names in values.items()
        if names <= root.declared.keys() and (root.folder in file.parents or file.parent.parent in near)
    ]


def _write_root(root: _Root, values: Mapping[Path, frozenset[str]]) -> tuple[list[str], list[str]]:
    """Return a root's lines in the settings, and the variables that have no value in some environment."""
    files = _files_of(root, values)
    shared = [file for file in files if _stem(file) in _SHARED]
    own = [file for file in files if file not in shared]
    environments = {_stem(file): [*shared, file] for file in own}
    if len(environments) < len(own):  # the same name in two folders
        environments = {str(file): [*shared, file] for file in own}
    if not environments and root.by_workspace:
        environments = {name: list(shared) for name in root.workspaces}
    given = [frozenset().union(*(values[file] for file in listed)) for listed in environments.values()]
    missing = sorted(
        name
        for name, has_default in root.declared.items()
        if not has_default and not (given and all(name in names for names in given))
    )
    return list(_entry(root, environments)), missing


def _entry(root: _Root, environments: Mapping[str, Iterable[Path]]) -> Iterator[str]:
    if not environments:
        return
    yield f"  {_quote(str(root.folder))}:"
    yield "    environments:"
    for name, files in environments.items():
        parts = [f"var_files: [{', '.join(_quote(str(file)) for file in files)}]"] if files else []
        parts += [f"workspace: {_quote(name)}"] if root.by_workspace else []
        yield f"      {_quote(name)}: {{{', '.join(parts)}}}"


def _tell_root(root: _Root, entry: list[str], missing: list[str]) -> str:
    environments = len(entry) - 2 if entry else 0
    told = f"{root.folder}: {count_of(environments, 'environment') if environments else 'no variable files'}"
    return f"{told}; without a value: {', '.join(missing)}" if missing else told


def _stem(file: Path) -> str:
    return file.name.removesuffix(".json").removesuffix(".tfvars")


def _quote(text: str) -> str:
    """Return a text as YAML; what needs no quotes gets none."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text)
