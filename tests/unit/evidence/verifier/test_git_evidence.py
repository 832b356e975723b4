"""Object ids as git computes them (Pro Git, 10.2), and bytes held against the commit they are said to be of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.git_evidence import (
    blob_rows,
    committed_files,
    committed_time,
    git_id,
    tree_entries,
)
from tapeproof.evidence.verifier.strict_json import canonical
from tests.unit.evidence.verifier.files import contents_of

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.verifier.contents import Contents

MAIN = b"locals {}\n"


def test_ids_are_those_that_git_gives() -> None:
    # git hash-object -t blob /dev/null; git hash-object -t tree /dev/null; echo "what is up, doc?" without its newline
    assert git_id("blob", b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert git_id("tree", b"") == "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    assert git_id("blob", b"what is up, doc?") == "bd9dbf5aae1a3862dd1526723246b20206e5fc37"


def _tree(**names: str) -> bytes:
    return b"".join(b"100644 %s\0" % name.encode() + bytes.fromhex(made) for name, made in sorted(names.items()))


def test_a_tree_gives_each_name_with_its_id_also_where_the_name_is_no_utf8() -> None:
    blob = git_id("blob", MAIN)
    data = _tree(a=blob) + b"40000 two words\0" + bytes.fromhex(blob) + b"100644 \xff\0" + bytes.fromhex(blob)
    assert list(tree_entries(data)) == ["a", "two words", "\udcff"]
    assert set(tree_entries(data).values()) == {blob}


def _stack(**files: bytes) -> tuple[str, dict[str, bytes]]:
    """Return a commit of files in a folder ``stack``, and its objects by id."""
    inner = _tree(**{name.replace("__", "."): git_id("blob", data) for name, data in files.items()})
    outer = b"40000 stack\0" + bytes.fromhex(git_id("tree", inner))
    who = b"A <a@example.com> 1790000000 +0200"
    commit = b"tree %s\nauthor %s\ncommitter %s\n\nfirst\n" % (git_id("tree", outer).encode(), who, who)
    objects = {git_id("tree", inner): inner, git_id("tree", outer): outer, git_id("commit", commit): commit}
    return git_id("commit", commit), objects


def _item(
    folder: Path,
    judged: bytes,
    *,
    commit: str = "",
    objects: dict[str, bytes] | None = None,
    **changes: Any,  # noqa: ANN401
) -> tuple[dict[str, Any], Contents]:
    line = {"resource": "stack/main.tf", "raw": "raw/f", "blob": git_id("blob", judged), "redacted": False, **changes}
    files = {f"evidence/s/raw/git/{name}": data for name, data in (objects or {}).items()}
    contents = contents_of(
        folder, {"evidence/s/raw/f": judged, "evidence/s/raw/files.jsonl": canonical(line) + b"\n", **files}
    )
    return {"id": "s", "judged": "raw/files.jsonl", "commit": commit}, contents


@pytest.mark.parametrize(
    ("changes", "verdict", "observed"),
    [
        ({}, "pass", "blob "),
        ({"redacted": True}, "unknown", "redacted"),
        ({"blob": "0" * 40}, "fail", "recorded as"),
        ({"resource": "stack/other.tf"}, "fail", "no such file"),
        ({"resource": "other/main.tf"}, "fail", "no such file"),
        ({"resource": "stack"}, "fail", "the commit holds"),
    ],
)
def test_a_file_passes_only_with_the_bytes_that_the_commit_has_at_its_path(
    tmp_path: Path, changes: dict[str, Any], verdict: str, observed: str
) -> None:
    commit, objects = _stack(main__tf=MAIN)
    (row,) = blob_rows(*_item(tmp_path, MAIN, commit=commit, objects=objects, **changes))
    assert (row["verdict"], row["references"]) == (verdict, ["s:1"])
    assert observed in row["findings"][0]["observed"]


def test_bytes_that_were_edited_after_the_commit_fail_and_bytes_without_a_commit_are_unknown(tmp_path: Path) -> None:
    commit, objects = _stack(main__tf=MAIN)
    (edited,) = blob_rows(*_item(tmp_path / "a", MAIN + b"#", commit=commit, objects=objects))
    (alone,) = blob_rows(*_item(tmp_path / "b", MAIN))
    assert (edited["verdict"], alone["verdict"]) == ("fail", "unknown")


def test_an_object_that_is_not_the_one_its_name_says_is_refused(tmp_path: Path) -> None:
    commit, objects = _stack(main__tf=MAIN)
    for number, name in enumerate(objects):
        forged = {**objects, name: objects[name] + b" "}
        with pytest.raises(Unusable) as refused:
            list(blob_rows(*_item(tmp_path / str(number), MAIN, commit=commit, objects=forged)))
        assert refused.value.finding[:2] == ("BAD_EVIDENCE", f"evidence/s/raw/git/{name}")


def test_a_tree_that_ends_in_the_middle_is_refused(tmp_path: Path) -> None:
    tree = b"100644 main.tf"
    commit = b"tree %s\n\n" % git_id("tree", tree).encode()
    objects = {git_id("tree", tree): tree, git_id("commit", commit): commit}
    item, contents = _item(tmp_path, MAIN, commit=git_id("commit", commit), objects=objects, resource="main.tf")
    with pytest.raises(Unusable, match="not a git tree"):
        list(blob_rows(item, contents))


def test_the_time_of_a_commit_is_its_committers_in_utc_and_nothing_where_there_is_none(tmp_path: Path) -> None:
    commit, objects = _stack(main__tf=MAIN)
    item, contents = _item(tmp_path / "a", MAIN, commit=commit, objects=objects)
    assert committed_time(item, contents) == "2026-09-21T14:13:20Z"
    assert committed_time({**item, "commit": ""}, contents) == ""
    bare = b"tree x\ncommitter nobody\n\n"
    item, contents = _item(tmp_path / "b", MAIN, commit="c", objects={"c": bare})
    assert committed_time(item, contents) == ""


def test_files_of_the_commit_that_lie_beside_the_judged_ones_are_named_with_them(tmp_path: Path) -> None:
    commit, objects = _stack(main__tf=MAIN, hidden__tf=b"")
    item, contents = _item(tmp_path, MAIN, commit=commit, objects=objects)
    assert committed_files(item, contents) == ["stack/hidden.tf", "stack/main.tf"]
