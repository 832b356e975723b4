"""Who can reach a resource, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.cli import main
from tapeproof.gate.access.callers import find_callers
from tapeproof.gate.access.drawing import draw_callers
from tapeproof.gate.frontends.hcl.reader import read
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ROOT = """
resource "aws_dynamodb_table" "ledger" {
  name = "ledger"
}

resource "aws_iam_role" "app" {
  for_each           = toset(["reads", "writes"])
  name               = each.key
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  for_each = aws_iam_role.app
  role     = each.value.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "dynamodb:GetItem", Resource = aws_dynamodb_table.ledger.arn },
      {
        Effect    = each.key == "writes" ? "Allow" : "Deny"
        Action    = "dynamodb:PutItem"
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalTag/desk" = "one" } }
      },
    ]
  })
}
"""
ACTIONS = (
    "dynamodb:BatchGetItem,dynamodb:DeleteItem,dynamodb:GetItem,dynamodb:PutItem,dynamodb:Query,dynamodb:UpdateItem"
)


def test_callers_are_drawn_with_what_they_may_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.tf").write_text(ROOT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    asked = "dynamodb:GetItem,dynamodb:PutItem"
    assert main(["gate", "who-can", asked, "aws_dynamodb_table.ledger", "--format", "mermaid"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "flowchart LR",
        '  wanted[("dynamodb_table.ledger")]',
        '  n0["iam_role.app[#quot;reads#quot;]"]',
        '  n1["iam_role.app[#quot;writes#quot;]"]',
        '  n0 -->|"dynamodb:GetItem"| wanted',
        '  n1 -->|"dynamodb:GetItem"| wanted',
        '  n1 -.->|"under conditions: dynamodb:PutItem"| wanted',
    ]
    assert main(["gate", "who-can", "--as", "reads", "--format", "mermaid"]) == 2


def test_the_picture_of_the_audit_table_in_the_readme_is_of_the_stack() -> None:
    stack = read(PROJECT / "stack", var_files=[PROJECT / "stack" / "environments" / "dev.tfvars"])
    table = "module.market_data_system.module.audit_log.aws_dynamodb_table.audit"
    drawn = "\n".join(draw_callers(table, {one: find_callers(stack, one, table) for one in ACTIONS.split(",")}))
    page = (PROJECT / "stack" / "README.md").read_text(encoding="utf-8")
    told = f"tapeproof gate who-can {ACTIONS} {table} --root stack --format mermaid"
    assert f"```mermaid\n{drawn}\n```" in page, (
        f"put in what this prints: {told} --var-file stack/environments/dev.tfvars"
    )
