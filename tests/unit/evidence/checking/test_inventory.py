from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tapeproof.evidence.checking.inventory import check_inventory, check_own_verifier
from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.findings import Finding
from tapeproof.evidence.verifier.manifest import Entry

if TYPE_CHECKING:
    from pathlib import Path


def _contents(folder: Path, **others: Entry) -> Contents:
    path = folder / "evidence/a/item.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"id": "a", "raw": [{"path": "raw/x", "size": 1, "sha256": "s"}]}))
    files = {"evidence/a/item.json": Entry(1, "i"), "run.json": Entry(1, "r"), **others}
    return Contents(open_bundle(str(folder)), files)


def _codes(contents: Contents) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in check_inventory(contents)]


def test_a_file_is_listed_by_an_item_or_derived_or_named(tmp_path: Path) -> None:
    good = {"evidence/a/raw/x": Entry(1, "s")}
    assert _codes(_contents(tmp_path / "a", **good)) == []
    assert _codes(_contents(tmp_path / "b", **good, more=Entry(1, "m"))) == [("UNACCOUNTED", "more")]
    assert _codes(_contents(tmp_path / "c")) == [("MISSING", "evidence/a/raw/x")]
    changed = {"evidence/a/raw/x": Entry(1, "t")}
    assert _codes(_contents(tmp_path / "d", **changed)) == [("ALTERED", "evidence/a/raw/x")]


def test_another_verifier_is_another_version_only_where_nothing_but_reports_differ(tmp_path: Path) -> None:
    contents = _contents(tmp_path / "a", **{"verify.py": Entry(1, "theirs")})
    report, bytes_ = Finding("REPORT_DISAGREES", "x", "y"), Finding("ALTERED", "x", "y")
    assert check_own_verifier(contents, "theirs", []) == []
    assert check_own_verifier(contents, "", []) == []
    assert [one.code for one in check_own_verifier(contents, "own", [])] == ["FOREIGN_VERIFIER"]
    assert [one.code for one in check_own_verifier(contents, "own", [report])] == ["OTHER_VERSION"]
    assert [one.code for one in check_own_verifier(contents, "own", [report, bytes_])] == ["FOREIGN_VERIFIER"]
