from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.unclassified import find_unclassified
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

ENCODED = 'jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] })'
HEREDOC = '<<-EOT\n    {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "${var.table}"}]}\n  EOT'
DATA = "data.aws_iam_policy_document.d.json"
BESIDE = """
variable "table" {
  type = string
}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}
"""


def told(folder: Path, type_: str, body: str) -> list[str]:
    (folder / "main.tf").write_text(f'resource "{type_}" "x" {{\n  {body}\n}}\n{BESIDE}', encoding="utf-8")
    return [unknown.why for unknown in find_unclassified(read(folder))]


@pytest.mark.parametrize("document", [ENCODED, HEREDOC, DATA], ids=["encoded", "heredoc", "data source"])
@pytest.mark.parametrize("body", ["policy = {}", "access_policy = {}", "inner {{\n    policies = {}\n  }}"])
def test_a_document_of_a_type_that_is_newer_than_the_tables_is_not_judged(
    body: str, document: str, tmp_path: Path
) -> None:
    (why,) = told(tmp_path, "aws_thing_of_tomorrow", body.format(document))
    assert "of aws_thing_of_tomorrow.x is not judged" in why


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_sqs_queue_policy", f"policy = {ENCODED}"),  # its class says what it attaches to
        ("aws_acmpca_permission", f"policy = {ENCODED}"),  # its class says that it is none
        ("aws_thing_of_tomorrow", 'policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"'),
        ("aws_thing_of_tomorrow", "policy = jsonencode({ rules = [{ keep = 30 }] })"),
        ("aws_thing_of_tomorrow", "policy = null"),
        ("aws_thing_of_tomorrow", "policy = var.table"),
        ("acme_box", f"policy = {ENCODED}"),  # of no AWS account
    ],
)  # fmt: skip
def test_what_has_a_class_and_what_is_no_document_is_no_matter_of_this(type_: str, body: str, tmp_path: Path) -> None:
    assert told(tmp_path, type_, body) == []
