"""What a role can do: statement by statement, with what takes it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.gate.access.calls import Calls
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.powers import find_powers
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

ROLE = """
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
      Condition = { StringEquals = { "kms:ViaService" = "sqs.eu-west-1.amazonaws.com" } }
    }]
  })
}

resource "aws_iam_policy" "fence" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:*", "kms:*", "s3:*"], Resource = "*" }]
  })
}

resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = aws_iam_policy.fence.arn
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:SendMessage", "sqs:DeleteQueue"], Resource = aws_sqs_queue.jobs.arn },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn },
      { Effect = "Allow", Action = "sns:Publish", Resource = "*" },
      { Effect = "Deny", Action = "sqs:Delete*", Resource = "*" },
      { Effect = "Allow", Action = "s3:Get*", NotResource = "arn:aws:s3:::secret/*" },
    ]
  })
}
"""


def answers(folder: Path, calls: Calls | None = None) -> dict[str, tuple[str, bool | None]]:
    (folder / "main.tf").write_text(ROLE, encoding="utf-8")
    powers = find_powers(read(folder), "aws_iam_role.app", calls)
    return {power.action: (power.decision.answer.value, power.called) for power in powers}


def test_denies_boundaries_and_keys_decide_what_is_left_of_a_statement(tmp_path: Path) -> None:
    assert answers(tmp_path) == {
        "sqs:SendMessage": ("ALLOWED", None),
        "sqs:DeleteQueue": ("DENIED", None),
        "kms:Decrypt": ("ALLOWED IF", None),
        "sns:Publish": ("DENIED", None),
        "s3:Get*": ("ALLOWED", None),
    }


def test_what_the_code_never_calls_is_marked(tmp_path: Path) -> None:
    told = answers(tmp_path, Calls(frozenset({"sqs:sendmessage", "s3:getobject"})))
    assert {action for action, (_, called) in told.items() if called} == {"sqs:SendMessage", "s3:Get*"}


def test_a_role_is_named_by_address_or_by_name_and_others_are_listed(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(ROLE, encoding="utf-8")
    stack = read(tmp_path)
    assert find_powers(stack, "app") == find_powers(stack, "aws_iam_role.app")
    with pytest.raises(AccessError, match=r"there are aws_iam_role\.app"):
        find_powers(stack, "ap")


def test_the_command_names_statements_and_counts_what_is_not_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("botocore", reason="the extra `aws` is not installed")
    (tmp_path / "main.tf").write_text(ROLE, encoding="utf-8")
    (tmp_path / "code.py").write_text('boto3.client("s3").get_object()\nboto3.client(name)', encoding="utf-8")
    command = ["gate", "who-can", "--as", "app", "--root", str(tmp_path), "--code", str(tmp_path)]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert "ALLOWED: s3:Get* on everything but arn:aws:s3:::secret/*\n" in told
    assert "sqs:DeleteQueue on arn:aws:sqs:eu-west-1:111122223333:jobs  NEVER CALLED" in told
    assert "main.tf:" in told
    assert "NOT KNOWN what is called at" in told
    assert main(["gate", "who-can", "sqs:SendMessage", "--root", str(tmp_path)]) == 2
    assert main(["gate", "who-can", "sqs:SendMessage", "x", "--as", "app", "--root", str(tmp_path)]) == 2
