from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.packing import pack
from tapeproof.evidence.verifier.archive import Zip

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "run.json": b"{}",
    "signature.dsse.json": b"s",
    "manifest.json": b"m",
    "a/b.txt": b"x" * 5000,
    "é.pdf": b"%PDF",
}


def _folder(path: Path, *, older: bool = False) -> Path:
    for name, data in FILES.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
        os.utime(path / name, (0, 0) if older else None)
        (path / name).chmod(0o600 if older else 0o755)
    return path


def test_the_bytes_depend_on_names_and_content_alone(tmp_path: Path) -> None:
    pack(_folder(tmp_path / "a"), list(FILES), tmp_path / "a.zip")
    pack(_folder(tmp_path / "b", older=True), [*reversed(FILES), "run.json"], tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_manifest_and_signature_come_first_and_the_rest_in_order(tmp_path: Path) -> None:
    pack(_folder(tmp_path / "a"), list(FILES), tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["manifest.json", "signature.dsse.json", "a/b.txt", "run.json", "é.pdf"]
        kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
    assert kinds["a/b.txt"] == zipfile.ZIP_DEFLATED
    assert kinds["é.pdf"] == zipfile.ZIP_STORED


def test_the_verifier_reads_what_is_packed(tmp_path: Path) -> None:
    pack(_folder(tmp_path / "a"), list(FILES), tmp_path / "a.zip")
    opened = Zip(str(tmp_path / "a.zip"))
    assert opened.sizes == {name: len(data) for name, data in FILES.items()}
    opened.close()


def test_a_file_that_is_gone_leaves_the_zip_that_was_there_before(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"before")
    with pytest.raises(FileNotFoundError):
        pack(_folder(tmp_path / "a"), [*FILES, "gone"], tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == b"before"
