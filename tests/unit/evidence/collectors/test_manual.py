from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collectors.manual import ManualCollector
from tapeproof.evidence.controls.errors import HandwrittenError
from tapeproof.evidence.controls.library import load_library
from tests.unit.evidence.collecting import collect_into, item_of

if TYPE_CHECKING:
    from pathlib import Path

DATA = b"restored table-market-prod in 41 minutes\n"
ENTRY: dict[str, Any] = {
    "id": "restore-test",
    "title": "Restore test of October",
    "file": "restore.txt",
    "sha256": hashlib.sha256(DATA).hexdigest(),
    "who": "B. Reviewer",
    "from": "change CHG-1234",
    "gathered": "2026-10-20",
    "expires": "2027-01-20",
    "controls": ["nist-800-53-r5:AU-9"],
}


def _listed(folder: Path, *entries: dict[str, Any], data: bytes = DATA) -> Path:
    (folder / "restore.txt").write_bytes(data)
    path = folder / "manual.yaml"
    path.write_text("manual:\n" + "".join(f"  - {json.dumps(one)}\n" for one in entries))
    return path


def test_manual_evidence_is_in_the_bundle_with_where_it_is_from_and_counts_for_nothing(
    root: Path, tmp_path: Path
) -> None:
    without = write_bundle(collect_into(root, tmp_path)).assessment
    folder = collect_into(root, tmp_path, manual=_listed(tmp_path, ENTRY))
    bundle = write_bundle(folder)
    assert (folder / "evidence/manual-restore-test/raw/restore.txt").read_bytes() == DATA
    assert item_of(folder, "manual-restore-test")["source"]["who"] == "B. Reviewer"
    assert [(one["state"], one["controls"]) for one in bundle.assessment["manual"]] == [
        ("in date", ["nist-800-53-r5:AU-9"])
    ]
    for name in ("policies", "controls", "populations"):
        assert bundle.assessment[name] == without[name]
    for name in ("policies", "controls", "rows"):
        assert bundle.assessment["counts"][name] == without["counts"][name]
    html = (bundle.folder / "reports/report.html").read_text()
    assert "1 offered, 1 in date, 0 not" in html
    assert "MANUAL evidence offered: Restore test of October" in html
    assert "change CHG-1234" in html


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"restored in 4 minutes\n", "is not the file that was gathered"), (None, "cannot be read")],
    ids=["another file", "no file"],
)
def test_a_file_that_is_not_the_one_that_was_gathered_is_not_collected(
    root: Path, tmp_path: Path, data: bytes | None, told: str
) -> None:
    listed = _listed(tmp_path, ENTRY, data=data or b"")
    if data is None:
        (tmp_path / "restore.txt").unlink()
    folder = collect_into(root, tmp_path, manual=listed)
    item = item_of(folder, "manual-restore-test")
    assert (item["status"], item["raw"]) == ("failed", [])
    assert told in item["failure"]
    assert write_bundle(folder).assessment["manual"] == []


def test_a_file_with_a_secret_is_not_kept(root: Path, tmp_path: Path) -> None:
    data = b"token ghp_16C7e42F292c6912E7710c838347Ae178B4a\n"
    entry = {**ENTRY, "sha256": hashlib.sha256(data).hexdigest()}
    folder = collect_into(root, tmp_path, manual=_listed(tmp_path, entry, data=data))
    assert item_of(folder, "manual-restore-test")["status"] == "failed"
    assert [one for one in folder.rglob("*") if one.is_file() and b"ghp_16" in one.read_bytes()] == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"who": None}, "'who' is missing"),
        ({"from": " "}, "'from' is expected to be one line of text"),
        ({"id": "A"}, "an id has small letters"),
        ({"file": "../secrets.txt"}, "lies beside the list or below it"),
        ({"file": "/etc/passwd"}, "lies beside the list or below it"),
        ({"sha256": "abc"}, "64 hexadecimal digits"),
        ({"controls": []}, "'controls' is expected"),
        ({"controls": ["nist-800-53-r5:XX-1"]}, "no control of a framework here"),
        ({"counts": "yes"}, "'counts' is not one of id, title"),
    ],
)
def test_a_mistake_in_the_list_is_told_by_file_and_line(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    entry = {name: value for name, value in {**ENTRY, **change}.items() if value is not None}
    path = _listed(tmp_path, {**ENTRY, "id": "first"}, entry)
    with pytest.raises(HandwrittenError) as refused:
        ManualCollector(path, load_library())
    assert refused.value.diagnostics().startswith(f"{path}:3: ")
    assert told in refused.value.diagnostics()


def test_two_entries_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(HandwrittenError, match="stands here twice"):
        ManualCollector(_listed(tmp_path, ENTRY, ENTRY), load_library())
