"""The source files that were judged, as bytes, tied to the commit by git's own objects."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.model import Population
from tapeproof.evidence.provenance import git
from tapeproof.evidence.verifier.git_evidence import SOURCE_POLICY, TAG_MEDIA_TYPE, git_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.collection import Context
    from tapeproof.evidence.workspace import ItemWriter

__all__ = ["SourceCollector", "repository_of"]

SUFFIXES: Final = (".tf", ".tf.json", ".tfvars", ".tfvars.json", ".terraform.lock.hcl")
WAIVER_FILES: Final = (".tapeproof-waivers.yaml", ".tapeproof.yaml")
SKIPPED: Final = {".terraform", ".git", ".venv", "node_modules"}
MAX_FILES: Final = 20_000
MAX_TAGS: Final = 20
"""Annotated tags of one commit that are kept."""


def repository_of(folder: Path) -> tuple[Path, str] | None:
    """Return the top of the repository that a folder is in and the commit checked out, or None."""
    top, commit = git(folder, "rev-parse", "--show-toplevel"), git(folder, "rev-parse", "HEAD")
    if top is None or commit is None:
        return None
    return Path(top.decode().strip()), commit.decode().strip()


class SourceCollector:
    """Collects the Terraform files below a root module, and what waives or configures the gate."""

    name = "source files"

    def collect(self, context: Context) -> None:
        """Collect one item, ``source-files``."""
        with context.item(
            "source-files",
            "Terraform files, tied to the commit by git's objects",
            collector="source",
            stage="source",
            judge="blobs",
            asserts=[SOURCE_POLICY],
        ) as out:
            repository = repository_of(context.root)
            top = repository[0] if repository else context.project.resolve()
            paths = sorted(_files(context.root, top))
            if not paths:
                raise CollectionError(
                    f"{context.root} holds no Terraform files", fix="name the root module with --root"
                )
            _write(out, top, paths, repository[1] if repository else "")


def _files(root: Path, top: Path) -> Iterator[PurePosixPath]:
    found = 0
    for where, subfolders, names in os.walk(root.resolve()):
        folder = Path(where)
        subfolders[:] = sorted(name for name in subfolders if name not in SKIPPED)
        for name in names:
            if name.endswith(SUFFIXES) and not (folder / name).is_symlink():
                found += 1
                if found > MAX_FILES:
                    raise CollectionError(f"{root} holds more than {MAX_FILES} Terraform files")
                yield PurePosixPath((folder / name).relative_to(top).as_posix())
    for name in WAIVER_FILES:
        if (top / name).is_file():
            yield PurePosixPath(name)


def _write(out: ItemWriter, top: Path, paths: list[PurePosixPath], commit: str) -> None:
    lines = []
    for path in paths:
        data = (top / path).read_bytes()
        raw = f"raw/files/{path}"
        redacted = out.text(raw, data, "text/plain")
        lines.append({"resource": str(path), "blob": git_id("blob", data), "raw": raw, "redacted": redacted})
    if commit and not out.is_clean(f"raw/git/{commit}", _object(top, "commit", commit)):
        out.item.incomplete = "the message of the commit holds what looks like a secret, so the commit is left out"
        commit = ""
    if commit:
        _write_objects(out, top, paths, commit)
    out.item.judged = "raw/files.jsonl"
    out.lines(out.item.judged, sorted(lines, key=lambda line: str(line["resource"])))
    out.item.commit = commit
    folders = _terraform_folders(top) if commit else []
    out.item.source = {"kind": "files", "commit": commit or None, "paths": len(paths), "terraform_folders": folders}
    out.item.population = Population(
        f"Terraform files below the root module, {', '.join(SUFFIXES)}", len(paths), "files"
    )


def _terraform_folders(top: Path) -> list[str]:
    """Return every folder of the commit that holds Terraform files, whether or not it was asked for."""
    listed = (git(top, "ls-tree", "-r", "-z", "--name-only", "HEAD") or b"").decode("utf-8", "replace").split("\0")
    return sorted({path.rpartition("/")[0] for path in listed if path.endswith((".tf", ".tf.json"))})


def _write_objects(out: ItemWriter, top: Path, paths: list[PurePosixPath], commit: str) -> None:
    """Write the commit and every tree between it and the files, so that their ids can be recomputed."""
    out.binary(f"raw/git/{commit}", _object(top, "commit", commit), "application/x-git-commit")
    _write_tags(out, top)
    folders = sorted({"" if str(parent) == "." else f"{parent}" for path in paths for parent in path.parents})
    written: set[str] = set()
    for folder in folders:
        named = git(top, "rev-parse", "--verify", "--quiet", f"{commit}:{folder}")
        tree = named.decode().strip() if named else ""
        if tree and tree not in written:
            written.add(tree)
            out.binary(f"raw/git/{tree}", _object(top, "tree", tree), "application/x-git-tree")


def _write_tags(out: ItemWriter, top: Path) -> None:
    """Write the annotated tags of the commit, whose signatures can be checked; one with a secret is left out."""
    form = "--format=%(objecttype) %(objectname)"
    listed = (git(top, "for-each-ref", "--points-at=HEAD", form, "refs/tags") or b"").decode().split("\n")
    for name in sorted({line.partition(" ")[2] for line in listed if line.startswith("tag ")})[:MAX_TAGS]:
        data = _object(top, "tag", name)
        if out.is_clean(f"raw/git/{name}", data):
            out.binary(f"raw/git/{name}", data, TAG_MEDIA_TYPE)


def _object(top: Path, kind: str, name: str) -> bytes:
    data = git(top, "cat-file", kind, name)
    if data is None or git_id(kind, data) != name:
        raise CollectionError(
            f"git gives no {kind} {name} that has this id",
            why="a repository with SHA-256 object ids is not supported",
        )
    return data
