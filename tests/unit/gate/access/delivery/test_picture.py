"""The picture of a stack, and that the one in the stack's README is of the stack as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.cli import main
from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.access.delivery.picture import draw_hops
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    import pytest

PROJECT = Path(__file__).resolve().parents[5]
ROOT = """
resource "aws_cloudwatch_event_rule" "tick" {
  name                = "tick"
  schedule_expression = "rate(1 hour)"
}

resource "aws_sqs_queue" "jobs" {
  name           = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn, maxReceiveCount = 3 })
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.tick.name
  arn  = aws_sqs_queue.jobs.arn
}
"""


def test_events_failures_and_stops_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.tf").write_text(ROOT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["gate", "delivery", "--format", "mermaid"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "flowchart LR",
        '  n0{{"cloudwatch_event_rule.tick"}}',
        '  n1[/"sqs_queue.jobs"/]',
        '  n2[/"sqs_queue.lost"/]',
        '  n3["bus default"]',
        '  n0 -->|"stops: policy"| n1',
        "  n1 -.-> n2",
        "  n3 --> n0",
    ]
    assert main(["gate", "delivery"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[1] == "aws_cloudwatch_event_rule.tick -> aws_sqs_queue.jobs: stops"
    assert told[2].startswith(
        "    aws_cloudwatch_event_target.jobs: no policy lets events.amazonaws.com call sqs:SendMessage"
    )


def test_the_picture_in_the_readme_is_of_the_stack() -> None:
    stack = read(PROJECT / "stack", var_files=[PROJECT / "stack" / "environments" / "dev.tfvars"])
    drawn = "\n".join(draw_hops(hops_of(stack)))
    page = (PROJECT / "stack" / "README.md").read_text(encoding="utf-8")
    told = "tapeproof gate delivery --root stack --format mermaid --var-file stack/environments/dev.tfvars"
    assert f"```mermaid\n{drawn}\n```" in page, f"put in what this prints: {told}"
