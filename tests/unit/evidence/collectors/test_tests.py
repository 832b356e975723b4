from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.collection import Context, collect
from tapeproof.evidence.collectors.committed_tests import find_strange_tests
from tapeproof.evidence.collectors.tests import TestReportCollector
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redactor
from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.junit_evidence import junit_rows
from tapeproof.evidence.verifier.manifest import Entry
from tapeproof.evidence.workspace import Workspace
from tests.unit.evidence.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path

GOOD = b'<testsuite><testcase classname="a" name="b"/></testsuite>'


def _collect(folder: Path, *paths: Path) -> dict[str, Any]:
    clock = Clock(lambda: NOW)
    context = Context(Workspace(folder / "run", Redactor(), clock, clock.iso()), load_library(), folder, folder, {})
    collect(context, [TestReportCollector(paths)])
    return dict(json.loads((folder / "run/evidence/tests-junit/item.json").read_bytes()))


def _report(path: Path, data: bytes = GOOD, seconds: int = 1_790_000_000) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (seconds, seconds))
    return path


def test_a_report_is_kept_as_it_is_and_is_as_old_as_its_file(tmp_path: Path) -> None:
    item = _collect(tmp_path, _report(tmp_path / "unit.xml"))
    assert (item["status"], item["judged"], item["as_of"]) == ("collected", "raw/unit.xml", "2026-09-21T14:13:20Z")
    assert (tmp_path / "run/evidence/tests-junit/raw/unit.xml").read_bytes() == GOOD


def test_reports_of_one_name_are_all_kept_and_the_newest_dates_them(tmp_path: Path) -> None:
    older = _report(tmp_path / "a/junit.xml")
    newer = _report(tmp_path / "b/junit.xml", seconds=1_790_000_060)
    item = _collect(tmp_path, newer, older, _report(tmp_path / "c/two words.xml"))
    assert [one["path"] for one in item["raw"]] == ["raw/junit.xml", "raw/junit-2.xml", "raw/two-words.xml"]
    assert item["as_of"] == "2026-09-21T14:14:20Z"
    assert item["population"]["count"] == 3


def test_that_nobody_named_a_report_is_told_apart_from_one_that_is_not_there(tmp_path: Path) -> None:
    assert _collect(tmp_path / "a")["failure_code"] == "not-given"
    absent = _collect(tmp_path / "b", tmp_path / "absent.xml")
    assert (absent["status"], absent["failure_code"]) == ("failed", "failed")
    assert "absent.xml cannot be read" in absent["failure"]


@pytest.mark.parametrize("data", [b"", b"<testsuite>", b"\xff\xfe", b"<!DOCTYPE x><testsuite/>", b"{}"])
def test_a_file_that_is_no_report_is_named_with_a_way_out_and_not_kept(tmp_path: Path, data: bytes) -> None:
    item = _collect(tmp_path, _report(tmp_path / "good.xml"), _report(tmp_path / "x/bad.xml", data))
    assert item["status"] == "failed"
    assert "bad.xml is no test report" in item["failure"]
    assert "fix:" in item["failure"]
    assert item["raw"] == []


SECRET = "-----BEGIN " + "PRIVATE KEY-----" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"


@pytest.mark.parametrize(
    "data",
    [
        f'<testsuite><testcase classname="a" name="b[{SECRET}]"/><testcase classname="a" name="c"/></testsuite>',
        f'<testsuite><testcase name="b"><failure>{SECRET}</failure></testcase><testcase name="c"/></testsuite>',
    ],
)
def test_a_secret_is_taken_out_of_a_report_and_the_report_stays_one(tmp_path: Path, data: str) -> None:
    item = _collect(tmp_path, _report(tmp_path / "unit.xml", data.encode()))
    assert item["status"] == "collected", item["failure"]
    kept = (tmp_path / "run/evidence/tests-junit/raw/unit.xml").read_text()
    assert "MIIEvQ" not in kept
    assert 'name="c"' in kept
    assert item["redactions"]


def test_a_test_that_the_commit_does_not_hold_is_counted_as_nothing(root: Path, tmp_path: Path) -> None:
    project = root.parent
    (project / "tests").mkdir()
    (project / "tests/test_a.py").write_text(
        "def test_one():\n    pass\n\n\nclass TestTwo:\n    def test_in(self): pass\n"
    )
    (project / "src").mkdir()
    (project / "src/FooTest.java").write_text("class FooTest {}")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for command in (["add", "."], ["commit", "-q", "-m", "tests"]):
        subprocess.run(["git", *identity, *command], cwd=project, check=True)
    told = {
        "tests.test_a::test_one": True,
        "tests.test_a::test_one[case]": True,
        "tests.test_a.TestTwo::test_in": True,
        "FooTest::any name at all": True,
        "tests.test_a::test_invented": False,
        "tests.test_invented::test_one": False,
        "other.tests.test_a::test_one": False,
        "::test_one": False,
    }
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, check=True, capture_output=True, text=True)
    strange = find_strange_tests(project, commit.stdout.strip(), told)
    assert strange == sorted(test for test, known in told.items() if not known)


def test_an_invented_test_leaves_its_group_unknown(tmp_path: Path, root: Path) -> None:
    report = _report(
        tmp_path / "unit.xml", b'<testsuite><testcase classname="tests.test_x" name="test_y"/></testsuite>'
    )
    clock = Clock(lambda: NOW)
    context = Context(Workspace(tmp_path / "run", Redactor(), clock, clock.iso()), load_library(), root, root, {})
    collect(context, [TestReportCollector([report])])
    folder = tmp_path / "run"
    item = json.loads((folder / "evidence/tests-junit/item.json").read_bytes())
    names = [f"evidence/tests-junit/{one['path']}" for one in item["raw"]]
    contents = Contents(Folder(str(folder)), {name: Entry((folder / name).stat().st_size, "") for name in names})
    (row,) = junit_rows(item, contents)
    assert row["verdict"] == "unknown"
    assert row["findings"][0]["observed"] == "0 run, 0 failed, 0 skipped, 1 in no file of the commit"
