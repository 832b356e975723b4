from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.errors import BundleError
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tests.unit.evidence.samples import Sample, new_key

if TYPE_CHECKING:
    from pathlib import Path


def test_equal_evidence_gives_equal_bytes(tmp_path: Path, key: Path) -> None:
    first = Sample().bundle(tmp_path / "a" / "run", key=key)
    second = Sample().bundle(tmp_path / "b" / "run", key=key)
    assert first.zip.read_bytes() == second.zip.read_bytes()


def test_a_report_made_again_from_the_same_folder_is_the_same(tmp_path: Path, key: Path) -> None:
    first = Sample().bundle(tmp_path / "run", key=key)
    before = first.zip.read_bytes()
    again = write_bundle(first.folder, signer=KeyFileSigner(key))
    assert again.zip.read_bytes() == before


def test_evidence_that_changed_since_it_was_collected_is_refused(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path / "run")
    path = folder / "evidence/live-dynamodb/raw/resources.jsonl"
    path.write_bytes(path.read_bytes().replace(b"ENABLED", b"enabled"))
    with pytest.raises(BundleError, match="cannot be used"):
        write_bundle(folder)


def test_an_unsigned_report_says_so_on_every_page(tmp_path: Path) -> None:
    bundle = Sample().bundle(tmp_path / "run")
    html = (bundle.folder / "reports/report.html").read_text(encoding="utf-8")
    assert '@top-left { content: "UNSIGNED"' in html
    assert "UNSIGNED" in (bundle.folder / "README.txt").read_text(encoding="utf-8")
    signed = Sample().bundle(tmp_path / "signed", key=new_key(tmp_path / "key.pem"))
    assert "UNSIGNED" not in (signed.folder / "reports/report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [("raw", 1.5), ("raw", [{}]), ("identity", 1), ("source", []), ("population", {"count": 1}), ("collected", None)],
)
def test_evidence_of_another_shape_is_refused_and_never_a_traceback(tmp_path: Path, name: str, value: object) -> None:
    folder = Sample().write(tmp_path / "run")
    path = folder / "evidence/live-sqs/item.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), name: value}))
    with pytest.raises(BundleError) as refused:
        write_bundle(folder)
    assert "collect anew" in refused.value.diagnostics()
