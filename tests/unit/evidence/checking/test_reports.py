from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.checking.reports import check_reports
from tapeproof.evidence.reports.rendering import RENDERED
from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.derive import derive
from tapeproof.evidence.verifier.manifest import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle
    from tapeproof.evidence.verifier.findings import Finding


def _check(folder: Path, signer: str) -> list[Finding]:
    files = read_manifest((folder / "manifest.json").read_bytes())["files"]
    contents = Contents(Folder(str(folder)), files)
    return check_reports(contents, derive(contents, len).assessment, signer)


@pytest.fixture
def copy(bundle: Bundle, tmp_path: Path) -> Path:
    return shutil.copytree(bundle.folder, tmp_path / "run")


def test_reports_as_they_were_written_come_out_the_same(bundle: Bundle) -> None:
    assert _check(bundle.folder, bundle.fingerprint) == []


def test_every_report_that_says_one_thing_more_is_named_with_its_line(copy: Path, bundle: Bundle) -> None:
    for name in RENDERED:
        path = copy / name
        path.write_bytes(path.read_bytes() + b"all is well\n")
    found = _check(copy, bundle.fingerprint)
    assert [(one.code, one.where) for one in found] == [("REPORT_DISAGREES", name) for name in RENDERED]
    assert all("line " in one.message for one in found)


def test_a_report_that_was_taken_out_is_missing_and_the_others_are_still_compared(copy: Path, bundle: Bundle) -> None:
    (copy / "reports/matrix.csv").unlink()
    page = copy / "reports/report.html"
    page.write_bytes(page.read_bytes().replace(b"fail", b"pass", 1))
    found = [(one.code, one.where) for one in _check(copy, bundle.fingerprint)]
    assert found == [("REPORT_DISAGREES", "reports/report.html"), ("MISSING", "reports/matrix.csv")]


def test_a_report_that_names_another_signer_disagrees(bundle: Bundle) -> None:
    assert "reports/report.html" in {one.where for one in _check(bundle.folder, "sha256:" + "00" * 32)}
    assert "README.txt" in {one.where for one in _check(bundle.folder, "")}
