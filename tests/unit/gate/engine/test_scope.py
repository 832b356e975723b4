from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.report import Result
from tapeproof.gate.engine.scope import list_scope, merge_scopes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

EVERYTHING = """
provider "aws" {}
provider "google" {}
variable "days" {
  default = 30
}
output "name" {
  value = google_storage_bucket.g.name
}
module "queue" {
  source = "./queue"
}
check "health" {}
resource "aws_sqs_queue" "q" {
  count = 2
}
resource "aws_nothing_about_this" "n" {}
resource "google_storage_bucket" "g" {}
data "aws_region" "r" {}
data "aws_iam_policy_document" "d" {}
data "google_project" "p" {}
ephemeral "aws_secretsmanager_secret_version" "s" {}
"""


def verdict(policy: str, resource: str) -> Result:
    return Result(root="r", policy=policy, severity="high", verdict="pass", resource=resource, message="")


VERDICTS = [
    verdict("TP_B", "aws_sqs_queue.q[1]"),
    verdict("TP_A", "aws_sqs_queue.q[0]"),
    verdict("TP_A", "aws_sqs_queue.q[1]"),
    verdict("TP_A", "google_storage_bucket.g"),
    verdict("TP_A", "data.aws_iam_policy_document.d"),
    verdict("TP_C", "provider.aws"),
    verdict("TP_C", "var.days"),
    verdict("TP_D", ""),
]


def row(kind: str, type_: str, number: int, policies: list[str], outside: str) -> dict[str, Any]:
    return {"kind": kind, "type": type_, "number": number, "policies": policies, "outside": outside}


def test_every_type_is_counted_with_what_judged_it_or_why_nothing_did(stack_of: Callable[[str], Stack]) -> None:
    listed = list_scope(stack_of(EVERYTHING), VERDICTS)
    assert list(listed) == [
        row("check", "", 1, [], "block"),
        row("data", "aws_iam_policy_document", 1, ["TP_A"], ""),
        row("data", "aws_region", 1, [], "data_source"),
        row("data", "google_project", 1, [], "other_provider"),
        row("ephemeral", "aws_secretsmanager_secret_version", 1, [], "ephemeral"),
        row("module", "", 1, [], "block"),
        row("output", "", 1, [], "block"),
        row("provider", "aws", 1, ["TP_C"], ""),
        row("provider", "google", 1, [], "other_provider"),
        row("resource", "aws_nothing_about_this", 1, [], "no_policy"),
        row("resource", "aws_sqs_queue", 2, ["TP_A", "TP_B"], ""),
        row("resource", "google_storage_bucket", 1, ["TP_A"], "other_provider"),
        row("variable", "", 1, ["TP_C"], ""),
    ]


@pytest.mark.parametrize(("same", "number"), [(False, 5), (True, 3)])
def test_scopes_of_roots_add_up_and_those_of_environments_do_not(same: bool, number: int) -> None:
    one, other = row("resource", "aws_a", 3, ["TP_A"], ""), row("resource", "aws_a", 2, ["TP_B"], "")
    alone = row("data", "aws_b", 1, [], "data_source")
    assert list(merge_scopes([[one], [other, alone], []], same=same)) == [
        alone,
        row("resource", "aws_a", number, ["TP_A", "TP_B"], ""),
    ]


def test_what_was_judged_in_one_root_is_not_outside_though_it_is_in_another() -> None:
    judged, outside = row("data", "aws_a", 1, ["TP_A"], ""), row("data", "aws_a", 1, [], "data_source")
    assert merge_scopes([[judged], [outside]]) == merge_scopes([[outside], [judged]])
    (merged,) = merge_scopes([[judged], [outside]])
    assert merged["outside"] == ""
