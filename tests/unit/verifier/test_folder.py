from __future__ import annotations

import gzip
import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.verifier.findings import UnusableError
from tapeproof.verifier.folder import ExportFolder, Part, allocated_size, lines, part_of

if TYPE_CHECKING:
    from pathlib import Path

LANE = f"2025112306.lambda-trade-dev.{'0' * 31}b"


@pytest.mark.parametrize(
    ("lane", "part"),
    [
        (LANE, Part("2025112306", 3)),
        (LANE[:-1] + "7", Part("2025112306", 7)),
        (LANE.upper(), None),
        (LANE + "0", None),
        (LANE.replace("2025", "\u0662025"), None),
        (LANE.replace("2025112306", "2025112399"), None),
        ("../../etc/passwd", None),
        ("", None),
    ],
)
def test_a_lane_lies_in_the_part_of_its_hour_and_last_digit(lane: str, part: Part | None) -> None:
    assert part_of(lane) == part
    assert part is None or part.name == f"{part.hour}-{part.shard}.gz"


MANIFEST = {"format": 2, "origin": "o", "created": "5", "head": None, "witness": {"since": "1", "until": "9"}}


def _folder(root: Path, **changes: Any) -> ExportFolder:  # noqa: ANN401 - any JSON
    (root / "export.json").write_text(json.dumps({**MANIFEST, **changes}))
    return ExportFolder(root)


def test_a_manifest_says_log_time_head_and_what_the_lines_cover(tmp_path: Path) -> None:
    folder = _folder(tmp_path, head={"size": "7", "published": "6", "root": "ab", "state": "cd"})
    assert (folder.origin, folder.created, folder.version, folder.witnessed) == ("o", 5, 2, (1, 9))
    assert (folder.head, folder.head_root, folder.head_state) == ((7, 6), "ab", "cd")
    bare = _folder(tmp_path, witness=None)
    assert (bare.head, bare.head_root, bare.witnessed) == (None, "", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 3},
        {"format": "x"},
        {"format": None},
        {"created": None},
        {"created": "soon"},
        {"created": "1" * 25},
        {"head": {"size": "x", "published": "1"}},
        {"head": [1]},
        {"witness": {"since": "1"}},
        {"witness": "all"},
    ],
)
def test_a_manifest_of_another_form_or_format_is_unusable(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(UnusableError):
        _folder(tmp_path, **changes)


@pytest.mark.parametrize("text", [None, "", "[]", "{", "[" * 100_000, "null"])
def test_a_folder_without_a_manifest_holds_no_export(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "export.json").write_text(text)
    with pytest.raises(UnusableError, match=r"export\.json"):
        ExportFolder(tmp_path)


def test_parts_are_the_files_of_the_form_and_no_others(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (tmp_path / "lanes").mkdir()
    for name in ("2025112307-0.gz", "2025112306-7.gz", "2025112306-8.gz", "other.gz", "2025112306-1.idx"):
        (tmp_path / "lanes" / name).write_bytes(gzip.compress(b""))
    assert folder.parts("lanes") == [Part("2025112306", 7), Part("2025112307", 0)]
    assert folder.parts("absent") == []
    assert folder.size("lanes", Part("2025112307", 0)) > 0
    assert folder.size("lanes", Part("2099010100", 0)) == 0


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (gzip.compress(b"", mtime=0), []),
        (gzip.compress(b"a\nb\n", mtime=0), [b"a", b"b"]),
        (gzip.compress(b"a\n", mtime=0) + gzip.compress(b"b\n", mtime=0), [b"a", b"b"]),
        (gzip.compress(b"a", mtime=0) + gzip.compress(b"b\n", mtime=0), [b"ab"]),
        (gzip.compress(b"x\n" * 100_000, mtime=0), [b"x"] * 100_000),
    ],
)
def test_lines_are_read_over_members_and_blocks(tmp_path: Path, data: bytes, found: list[bytes]) -> None:
    (tmp_path / "x.gz").write_bytes(data)
    assert list(lines(tmp_path / "x.gz")) == found
    assert list(lines(tmp_path / "absent.gz")) == []


@pytest.mark.parametrize(
    "data",
    [
        b"plain\n",
        gzip.compress(b"a", mtime=0),
        gzip.compress(b"a\n", mtime=0)[:-3],
        gzip.compress(b"a\n", mtime=0) + b"junk",
        b"\x1f\x8b",
        gzip.compress(b"x" * 3_000_000, mtime=0),
    ],
)
def test_a_file_that_is_cut_off_or_has_no_end_of_line_is_unusable(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.gz").write_bytes(data)
    with pytest.raises(UnusableError):
        list(lines(tmp_path / "x.gz"))


@pytest.mark.parametrize(
    ("name", "line", "read"),
    [
        ("controls.gz", b"x data", "controls"),
        ("controls.gz", b"-1 data", "controls"),
        ("checkpoints.gz", b"{", "checkpoints"),
        ("checkpoints.gz", b"{}", "checkpoints"),
        ("checkpoints.gz", b"[]", "checkpoints"),
        ("requests.gz", b'{"epoch":"x"}', "requests"),
        ("requests.gz", b"[" * 100_000, "requests"),
    ],
)
def test_a_line_of_another_form_is_told_with_its_file(tmp_path: Path, name: str, line: bytes, read: str) -> None:
    folder = _folder(tmp_path)
    (tmp_path / name).write_bytes(gzip.compress(line + b"\n"))
    with pytest.raises(UnusableError, match=name.replace(".", r"\.")):
        list(getattr(folder, read)())


def test_keys_are_named_one_a_line_and_a_file_that_is_no_text_names_what_it_can(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    assert folder.verifier_keys() == []
    (tmp_path / "keys.txt").write_bytes(b"one\n\n \ntwo\xff\n")
    assert folder.verifier_keys() == ["one", "two\N{REPLACEMENT CHARACTER}"]


def test_what_is_no_plain_file_has_no_size(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [allocated_size(tmp_path / name) for name in ("pipe", "absent", ".")] == [0, 0, 0]
