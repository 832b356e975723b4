"""A function that is switched off by its reserved concurrency takes nothing, whoever sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

FUNCTION = """
variable "reserved" {
  type = number
}

resource "aws_lambda_function" "work" {
  function_name                  = "work"
  role                           = "arn:aws:iam::111122223333:role/work"
  reserved_concurrent_executions = %s
}
"""
ALIAS = """
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.work.function_name
  function_version = "1"
}
"""
TOPIC = """
resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sns_topic_subscription" "work" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "lambda"
  endpoint  = %s.arn
}
"""


def found(folder: Path, text: str) -> list[str]:
    """Return what is found on the hops into the function: codes of stops, and a word for a doubt."""
    (folder / "main.tf").write_text(text, encoding="utf-8")
    function = "aws_lambda_function.work"
    hops = [hop for hop in hops_of(read(folder)) if hop.sender.address == hop.end == function]
    return [stop.code for hop in hops for stop in hop.stops] + ["doubt" for hop in hops for _ in hop.doubts]


@pytest.mark.parametrize(
    ("reserved", "expected"), [("0", ["off"]), ('"0"', ["off"]), ("1", []), ("-1", []), ("null", []),
                               ("var.reserved", ["doubt"])],
)  # fmt: skip
def test_reserved_concurrency_of_zero_stops_every_event(tmp_path: Path, reserved: str, expected: list[str]) -> None:
    assert found(tmp_path, FUNCTION % reserved + TOPIC % "aws_lambda_function.work") == expected


def test_what_reaches_an_alias_reaches_its_function(tmp_path: Path) -> None:
    assert found(tmp_path, FUNCTION % "0" + ALIAS + TOPIC % "aws_lambda_alias.live") == ["off"]


def test_a_function_that_nothing_sends_to_stops_no_event(tmp_path: Path) -> None:
    assert found(tmp_path, FUNCTION % "0") == []
