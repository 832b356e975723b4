"""What an editor offers at a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.editor.offers import list_offers
from tapeproof.gate.acceptance.written import load
from tapeproof.gate.engine.report import Result

if TYPE_CHECKING:
    from pathlib import Path

TEXT = 'resource "aws_cloudwatch_log_group" "trade" {\n  retention_in_days = 7\n}\n'
FOUND = Result(
    root=".", policy="TP_LOG_1", severity="high", verdict="fail", resource="aws_cloudwatch_log_group.trade",
    file="main.tf", line=2, column=23, end_line=2, end_column=24, message="7 days", fix="retention_in_days = 30",
)  # fmt: skip


def test_a_mechanical_fix_and_a_waiver_are_offered() -> None:
    fix, waiver = list_offers(FOUND, TEXT)
    assert (fix.preferred, fix.text) == (True, TEXT.replace("= 7", "= 30"))
    assert "  retention_in_days = 7 # tapeproof:waive TP_LOG_1" in waiver.text


def test_a_waiver_as_it_is_offered_accepts_nothing(tmp_path: Path) -> None:
    _, waiver = list_offers(FOUND, TEXT)
    (entry,) = load(tmp_path, {"main.tf": waiver.text.split("\n")}).entries
    assert entry.fault


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (replace(FOUND, policy="TP_GATE"), TEXT),
        (replace(FOUND, policy="TP_LOG_2", file="main.tf.json"), TEXT),
        (replace(FOUND, policy="TP_LOG_2", line=9), TEXT),
        (replace(FOUND, policy="TP_LOG_2", verdict="unknown"), TEXT.replace("= 7", "= <<E")),
    ],
)
def test_nothing_is_offered_where_a_comment_would_not_be_one(result: Result, text: str) -> None:
    assert list(list_offers(result, text)) == []
