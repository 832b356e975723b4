"""What was found in several environments, told once where it is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.merging import count_files, merge_environments

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Result


def _told(environments: dict[str, list[Result]]) -> list[tuple[str, str]]:
    return [(result.verdict, result.message) for result in merge_environments(environments)]


def test_one_environment_is_told_as_it_is(finding: Result) -> None:
    passed = replace(finding, verdict="pass")
    results = [finding, finding, passed]
    assert merge_environments({"dev": results}) is results


def test_what_is_the_same_everywhere_is_told_once_and_names_no_environment(finding: Result) -> None:
    assert _told({"dev": [finding], "prod": [finding]}) == [("fail", finding.message)]


def test_what_is_found_in_some_environments_names_them(finding: Result) -> None:
    passed = replace(finding, verdict="pass", message="")
    told = _told({"dev": [finding], "test": [passed], "prod": [finding]})
    assert told == [("fail", f"{finding.message} (with dev, prod)")]


@pytest.mark.parametrize(
    "change", [{"line": 9}, {"message": "logs are kept for 1 day"}, {"verdict": "unknown"}, {"resource": "other"}]
)
def test_what_differs_is_told_apart(finding: Result, change: dict[str, object]) -> None:
    other = replace(finding, **change)  # type: ignore[arg-type]
    assert len(_told({"dev": [finding], "prod": [other]})) == 2


def test_a_pass_beside_a_finding_on_the_same_resource_is_left_out_unless_it_warns(finding: Result) -> None:
    passed = replace(finding, verdict="pass", message="ok")
    warned = replace(passed, warning=True, message="old")
    assert [verdict for verdict, _ in _told({"dev": [finding], "prod": [passed]})] == ["fail"]
    assert [verdict for verdict, _ in _told({"dev": [finding], "prod": [warned]})] == ["fail", "pass"]
    elsewhere = replace(passed, resource="other")
    assert [verdict for verdict, _ in _told({"dev": [finding], "prod": [elsewhere]})] == ["fail", "pass"]


@pytest.mark.parametrize(
    ("on_disk", "read", "expected"),
    [(set(), set(), (0, 0)), ({"a", "b"}, {"a"}, (2, 1)), ({"a"}, {"a", "/elsewhere/b"}, (1, 1))],
)
def test_files_read_are_counted_among_those_on_disk(
    on_disk: set[str], read: set[str], expected: tuple[int, int]
) -> None:
    files = count_files(on_disk, read)
    assert (files.on_disk, files.read) == expected
