"""RFC 4180, read back by the standard library's reader; no cell is a formula (CWE-1236)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.reports.matrix import MatrixReport
from tests.unit.evidence.reports.writing import leave_unjudged, row_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tapeproof.evidence.reports.view import View


def _read(view: View, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(MatrixReport(), view, rows), newline="")))


def test_every_row_is_a_line_with_every_column(view: View, rows: list[Mapping[str, Any]]) -> None:
    lines = _read(view, rows)
    assert len(lines) == len(rows) + len(view.gaps)
    assert all(None not in line and None not in line.values() for line in lines)
    assert [line["verdict"] for line in lines[: len(rows)]] == [row["verdict"] for row in rows]


def test_a_line_says_where_what_and_by_which_evidence(view: View) -> None:
    line = _read(view, [row_of()])[0]
    assert (line["file"], line["line"], line["column"]) == ("stack/main.tf", "3", "7")
    assert (line["message"], line["evidence"], line["judges"]) == ("no recovery", "source-gate:1", "gate")
    assert (line["shows"], line["severity"]) == ("design", view.policies["TP_DDB_1"]["severity"])
    assert line["controls"]


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t=", "\r=", " =", "\N{NO-BREAK SPACE}=", "\n+"])
def test_no_cell_begins_as_a_formula_whatever_stands_before_the_mark(view: View, mark: str) -> None:
    text = f"{mark}HYPERLINK(1)"
    line = _read(view, [row_of(resource=text, findings=[{"message": text, "observed": text, "file": text}])])[0]
    assert [cell for cell in line.values() if cell.lstrip()[:1] in {"=", "+", "-", "@"}] == []
    assert line["resource"].startswith("'")


@pytest.mark.parametrize("text", ['say "yes"', "a,b", "a\r\nb", "\N{GRINNING FACE}", "a;b", '"', ""])
def test_a_cell_keeps_its_text_on_one_line(view: View, text: str) -> None:
    lines = _read(view, [row_of(resource=text)])
    assert lines[0]["resource"] == text.replace("\r", " ").replace("\n", " ")
    assert lines[0]["verdict"] == "fail"


def test_a_policy_that_nobody_judged_has_a_line_with_the_reason(view: View) -> None:
    policy = leave_unjudged(view, "no source, none")
    (line,) = (one for one in _read(view, []) if (one["stage"], one["policy"]) == ("source", policy))
    assert (line["verdict"], line["message"], line["resource"]) == ("not-evaluated", "no source, none", "")
