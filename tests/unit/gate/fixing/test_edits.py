"""From a finding to the change that puts it right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tapeproof.gate.engine.report import Result
from tapeproof.gate.fixing.edits import Edit, NotMechanicalError, apply_edits, edit_for

FINDING = Result(
    root="stack",
    policy="TP_LOG_1",
    severity="high",
    verdict="fail",
    file="main.tf",
    line=1,
    column=1,
    end_line=1,
    end_column=2,
    message="",
    fix="retention_in_days = 30",
)


def _at(source: str, fragment: str, **members: str) -> Result:
    """Return a finding about the first place of a fragment."""
    start = source.index(fragment)
    line = source.count("\n", 0, start) + 1
    column = start - (source.rfind("\n", 0, start) + 1) + 1
    place = {"line": line, "column": column, "end_line": line, "end_column": column + len(fragment)}
    return replace(FINDING, **place, **members)  # type: ignore[arg-type]


def _fixed(source: str, fragment: str, **members: str) -> str:
    return apply_edits(source, [edit_for(_at(source, fragment, **members), source)])


@pytest.mark.parametrize(
    ("written", "expected"),
    [("7", "30"), ('"7"', '"30"'), ("-1", "30"), ("null", "30"), ('""', "30"), ("1e1", "30")],
)
def test_a_value_is_replaced_as_it_is_written(written: str, expected: str) -> None:
    source = f"  retention_in_days = {written} # why\n"
    assert _fixed(source, written) == f"  retention_in_days = {expected} # why\n"


@pytest.mark.parametrize(
    ("source", "fragment", "members"),
    [
        ("days = var.days\n", "var.days", {}),
        ("days = 3 + 4\n", "3 + 4", {}),
        ("days = 7\n", "7", {"fix": "keep it for longer"}),
        ("enabled = var.on\n", "var.on", {"policy": "TP_DDB_1"}),
        ("prevent_destroy = local.keep\n", "local.keep", {"policy": "TP_DST_1"}),
        ("keep = true\n", "true", {"policy": "TP_DST_1"}),
        ('resource "a" "b" {}\n', 'resource "a" "b"', {"policy": "TP_DST_1", "fix": "think"}),
        ('resource "a" "b" {\n  x = <<EOT\n', 'resource "a" "b"', {}),
        ('resource "a" "b" {\n', 'resource "a" "b"', {}),
    ],
)
def test_what_takes_a_person_is_refused(source: str, fragment: str, members: dict[str, str]) -> None:
    with pytest.raises(NotMechanicalError):
        edit_for(_at(source, fragment, **members), source)


@pytest.mark.parametrize(
    ("source", "policy", "expected"),
    [
        ("  prevent_destroy = true\n", "TP_DST_1", "  prevent_destroy = false\n"),
        ('  prevent_destroy = "true"\n', "TP_DST_1", "  prevent_destroy = false\n"),
        ("  enabled = false\n", "TP_DDB_1", "  enabled = true\n"),
        ("  enabled = null\n", "TP_DDB_1", "  enabled = true\n"),
    ],
)
def test_a_switch_is_turned(source: str, policy: str, expected: str) -> None:
    written = source.split("= ")[1].strip()
    assert _fixed(source, written, policy=policy) == expected


def test_what_a_block_lacks_is_added_before_its_own_brace() -> None:
    source = 'resource "a" "b" {\n  name = "}" # }\n  text = <<-EOT\n    }\n  EOT\n}\n'
    assert _fixed(source, 'resource "a" "b"') == source[:-2] + "\n  retention_in_days = 30\n}\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('resource "a" "b" {}\n', 'resource "a" "b" {\n  retention_in_days = 30\n}\n'),
        ('resource "a" "b" {\n}\n', 'resource "a" "b" {\n  retention_in_days = 30\n}\n'),
        ('resource "a" "b" { c = 1 }\n', 'resource "a" "b" {\n  c = 1\n\n  retention_in_days = 30\n}\n'),
        ('resource "a" "b" {\r\n}\r\n', 'resource "a" "b" {\r\n  retention_in_days = 30\r\n}\r\n'),
    ],
)
def test_an_addition_takes_the_style_of_the_file(source: str, expected: str) -> None:
    assert _fixed(source, 'resource "a" "b"') == expected


def test_what_is_added_to_one_block_is_added_together_and_aligned() -> None:
    source = 'resource "a" "b" {\n}\n'
    brace = source.index("}")
    edits = [Edit(brace, brace, text) for text in ("timeout = 30", "memory_size = 512", "timeout = 30")]
    assert apply_edits(source, edits) == 'resource "a" "b" {\n  memory_size = 512\n  timeout     = 30\n}\n'


def test_changes_further_down_do_not_move_those_above() -> None:
    assert apply_edits("a = 1\nb = 2\n", [Edit(4, 5, "100"), Edit(10, 11, "200")]) == "a = 100\nb = 200\n"
    assert apply_edits("a = 1\n", []) == "a = 1\n"
