"""JUnit files as many programs write them; what nobody ran, or nobody can read, never passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.junit_evidence import NAMED_FAILURES, junit_rows
from tests.unit.evidence.verifier.files import contents_of

if TYPE_CHECKING:
    from pathlib import Path

ITEM = {"id": "tests-junit", "raw": [{"path": "raw/junit.xml"}]}


def _rows(folder: Path, data: bytes) -> list[dict[str, Any]]:
    return list(junit_rows(ITEM, contents_of(folder, {"evidence/tests-junit/raw/junit.xml": data})))


def _case(name: str, body: str = "", where: str = "tests.unit.store.test_a") -> str:
    return f'<testcase classname="{where}" name="{name}">{body}</testcase>'


@pytest.mark.parametrize(
    ("cases", "verdict", "observed"),
    [
        ([_case("a")], "pass", "1 run, 0 failed, 0 skipped"),
        ([_case("a"), _case("b", "<failure/>")], "fail", "2 run, 1 failed, 0 skipped"),
        ([_case("a"), _case("b", '<error message="x"/>')], "fail", "2 run, 1 failed, 0 skipped"),
        ([_case("a"), _case("b", "<skipped/>")], "pass", "1 run, 0 failed, 1 skipped"),
        ([_case("a"), _case("b", '<skipped/><error message="at teardown"/>')], "fail", "2 run, 1 failed, 0 skipped"),
        ([_case("a", "<skipped/>")], "unknown", "0 run, 0 failed, 1 skipped"),
        ([_case("a", "<system-out>failure</system-out>")], "pass", "1 run, 0 failed, 0 skipped"),
    ],
)
def test_a_group_passes_when_tests_ran_and_none_failed(
    tmp_path: Path, cases: list[str], verdict: str, observed: str
) -> None:
    (row,) = _rows(tmp_path, f"<testsuite>{''.join(cases)}</testsuite>".encode())
    assert (row["resource"], row["verdict"]) == ("junit.xml#tests.unit.store", verdict)
    assert row["findings"][0]["observed"] == observed


@pytest.mark.parametrize(
    "data", [b"<testsuites/>", b"<a:testsuite xmlns:a='x'><a:testcase/></a:testsuite>", b"<html/>"]
)
def test_a_file_without_tests_is_unknown_and_no_pass(tmp_path: Path, data: bytes) -> None:
    (row,) = _rows(tmp_path, data)
    assert (row["resource"], row["verdict"]) == ("junit.xml#no tests", "unknown")


def test_groups_are_the_first_three_parts_of_a_class_name_and_tests_without_one_are_together(tmp_path: Path) -> None:
    cases = [_case("x", where=where) for where in ("a.b.c.d", "a.b.c.e", "a.b", "")]
    rows = _rows(tmp_path, f"<testsuite>{''.join(cases)}</testsuite>".encode())
    assert [row["resource"] for row in rows] == ["junit.xml#a.b", "junit.xml#a.b.c", "junit.xml#tests"]


def test_failures_are_named_up_to_a_bound_and_all_are_counted(tmp_path: Path) -> None:
    number = NAMED_FAILURES + 5
    cases = "".join(_case(f"t{at}", "<failure/>") for at in range(number))
    (row,) = _rows(tmp_path, f"<testsuite>{cases}</testsuite>".encode())
    assert row["findings"][0]["observed"] == f"{number} run, {number} failed, 0 skipped"
    assert len(row["findings"]) == 1 + NAMED_FAILURES
    assert row["findings"][1]["message"] == "tests.unit.store.test_a::t0"


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><testsuite>&a;</testsuite>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<testsuite>",
        b"not xml",
        BOMB,
        b"<!DOCTYPE testsuite SYSTEM 'file:///etc/passwd'><testsuite/>",
        "<testsuite/>".encode("utf-16"),
        b"<?xml version='1.0' encoding='no-such'?><testsuite/>",
        b"<testsuite>\xff</testsuite>",
        b"<testsuite>&undeclared;</testsuite>",
    ],
)
def test_what_is_no_plain_test_report_is_refused_with_its_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Unusable) as refused:
        _rows(tmp_path, data)
    assert refused.value.finding[:2] == ("BAD_EVIDENCE", "evidence/tests-junit/raw/junit.xml")
