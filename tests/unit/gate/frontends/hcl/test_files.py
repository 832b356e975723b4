"""Which files of a folder Terraform reads, and reading them within limits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.errors import RootError, SourceError
from tapeproof.gate.frontends.hcl import files
from tapeproof.gate.frontends.hcl.files import module_files, read_text

if TYPE_CHECKING:
    from pathlib import Path


def test_overrides_come_after_the_others_and_in_order(tmp_path: Path) -> None:
    names = ["b.tf", "a.tf", "override.tf", "z_override.tf.json", "a_override.tf", "overrides.tf", "x.tf.json", "c.txt"]
    for name in names:
        (tmp_path / name).touch()
    found = module_files(tmp_path)
    assert [path.name for path in found.primary] == ["a.tf", "b.tf", "overrides.tf", "x.tf.json"]
    assert [path.name for path in found.overrides] == ["a_override.tf", "override.tf", "z_override.tf.json"]
    (tmp_path / "new").touch()
    assert module_files(tmp_path).state != found.state


def test_a_folder_that_cannot_be_listed_is_no_empty_module(tmp_path: Path) -> None:
    with pytest.raises(RootError, match="cannot be listed"):
        module_files(tmp_path / "gone")


def test_text_is_read_and_its_state_noted(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_bytes("é\r\n".encode())
    states: dict[Path, str] = {}
    assert read_text(tmp_path / "a.tf", "a.tf", states) == "é\r\n"
    assert list(states) == [tmp_path / "a.tf"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gone.tf", "a/gone.tf: the file cannot be read: No such file"),
        ("folder.tf", "a/folder.tf: the file cannot be read: Is a directory"),
        ("pipe.tf", "a/pipe.tf: .*regular file"),
        ("latin.tf", "a/latin.tf:2:3: the file is not UTF-8"),
        ("large.tf", "a/large.tf: the file has 9 bytes; the gate reads files of up to 8. Split it"),
    ],
)
def test_what_cannot_be_read_says_why_and_its_state_is_noted_too(
    name: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_HCL", 8)
    (tmp_path / "folder.tf").mkdir()
    os.mkfifo(tmp_path / "pipe.tf")
    (tmp_path / "latin.tf").write_bytes(b"a\n b\xe9")
    (tmp_path / "large.tf").write_bytes(b"x" * 9)
    states: dict[Path, str] = {}
    with pytest.raises(SourceError, match=why):
        read_text(tmp_path / name, f"a/{name}", states)
    assert tmp_path / name in states


def test_json_may_be_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_HCL", 1)
    (tmp_path / "a.tf.json").write_text("{}", encoding="utf-8")
    assert read_text(tmp_path / "a.tf.json", "a.tf.json", {}) == "{}"
