"""Source files as evidence: their bytes, their git blobs, and the trees that tie the blobs to the commit.

Object ids are recomputed from the bytes: a blob is SHA-1 of ``blob SIZE NUL bytes``, and trees and commits likewise
(Pro Git, "Git Internals: Git Objects").
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = [
    "SOURCE_POLICY",
    "TAG_MEDIA_TYPE",
    "blob_rows",
    "committed_files",
    "committed_time",
    "git_id",
    "tree_entries",
]

SOURCE_POLICY = "EV_SRC_1"
TAG_MEDIA_TYPE = "application/x-git-tag"
SAME_BYTES = "the bytes that were judged are the bytes of the commit"


def git_id(kind: str, data: bytes) -> str:
    """Return the id that git gives an object, hex."""
    return hashlib.sha1(b"%s %d\0" % (kind.encode("ascii"), len(data)) + data).hexdigest()  # noqa: S324 - git's own ids


def tree_entries(data: bytes) -> dict[str, str]:
    """Return the names in a tree object with the ids they stand for."""
    entries, at = {}, 0
    while at < len(data):
        nul = data.index(b"\0", at)
        name = data[at:nul].split(b" ", 1)[1].decode("utf-8", "surrogateescape")
        entries[name] = data[nul + 1 : nul + 21].hex()
        at = nul + 21
    return entries


def blob_rows(item: dict[str, Json], contents: Contents) -> Iterator[dict[str, Json]]:
    """Yield a row for each source file: whether its bytes are those of the commit.

    Raises:
        Unusable: The objects are not well formed.
    """
    trees = _Trees(item, contents)
    name = f"evidence/{item['id']}/{item['judged']}"
    for number, line in enumerate(contents.lines(name), 1):
        verdict, observed = _compare_blob(trees, item, line, contents)
        yield {
            "stage": "source",
            "resource": line["resource"],
            "policy": SOURCE_POLICY,
            "verdict": verdict,
            "judges": ["criterion"],
            "references": [f"{item['id']}:{number}"],
            "findings": [{"expected": SAME_BYTES, "observed": observed}],
        }


def committed_time(item: dict[str, Json], contents: Contents) -> str:
    """Return when the commit of an item was made, ISO 8601 UTC; empty when there is no commit."""
    if not item.get("commit"):
        return ""
    data = contents.read(f"evidence/{item['id']}/raw/git/{item['commit']}")
    line = next((one for one in data.split(b"\n") if one.startswith(b"committer ")), b"")
    seconds = line.split(b" ")[-2] if line.count(b" ") > 1 else b""
    if not seconds.isdigit():
        return ""
    return datetime.fromtimestamp(int(seconds), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: UP017 - Python 3.9


def committed_files(item: dict[str, Json], contents: Contents) -> list[str]:
    """Return the paths that an item judges, and those that the commit has in the same folders, sorted."""
    judged = [str(line["resource"]) for line in contents.lines(f"evidence/{item['id']}/{item['judged']}")]
    trees, folders = _Trees(item, contents), {path.rpartition("/")[0] for path in judged}
    beside = [f"{folder}/{name}".lstrip("/") for folder in folders for name in trees.names(folder)]
    return sorted({*judged, *beside})


def _compare_blob(trees: _Trees, item: Json, line: Json, contents: Contents) -> tuple[str, str]:
    data = contents.read(f"evidence/{item['id']}/{line['raw']}")
    if line["redacted"]:
        return "unknown", f"blob {line['blob']} was redacted, so its bytes cannot show it"
    blob = git_id("blob", data)
    if blob != line["blob"]:
        return "fail", f"the bytes are blob {blob}, recorded as {line['blob']}"
    committed = trees.find(line["resource"])
    if trees.root is None:
        return "unknown", f"blob {blob}; there is no commit to compare it with"
    if committed is None:
        return "fail", f"blob {blob}; the commit holds no such file"
    return ("pass", f"blob {blob}") if committed == blob else ("fail", f"blob {blob}; the commit holds {committed}")


class _Trees:
    def __init__(self, item: Json, contents: Contents) -> None:
        self._folder, self._contents = f"evidence/{item['id']}/raw/git", contents
        self._read: dict[str, dict[str, str]] = {}
        self.root = self._root(item.get("commit"))

    def _root(self, commit: str | None) -> str | None:
        if not commit:
            return None
        data = self._contents.read(f"{self._folder}/{commit}")
        if git_id("commit", data) != commit or not data.startswith(b"tree "):
            raise Unusable("BAD_EVIDENCE", f"{self._folder}/{commit}", "these bytes are not that commit")
        return data[5:45].decode("ascii", "replace")

    def find(self, path: str) -> str | None:
        """Return the id that the commit has at a path."""
        current = self.root
        for part in path.split("/"):
            current = self._tree(current).get(part) if current else None
        return current

    def names(self, folder: str) -> list[str]:
        """Return the names that the commit has in a folder whose trees are at hand."""
        tree = self.find(folder) if folder else self.root
        return sorted(self._tree(tree)) if tree else []

    def _tree(self, tree: str) -> dict[str, str]:
        if tree not in self._read:
            name = f"{self._folder}/{tree}"
            if name not in self._contents:
                return {}
            data = self._contents.read(name)
            if git_id("tree", data) != tree:
                raise Unusable("BAD_EVIDENCE", name, "these bytes are not that tree")
            self._read[tree] = _guarded_entries(data, name)
        return self._read[tree]


def _guarded_entries(data: bytes, name: str) -> dict[str, str]:
    try:
        return tree_entries(data)
    except (ValueError, IndexError) as error:
        raise Unusable("BAD_EVIDENCE", name, f"not a git tree: {error}") from error
