"""A doubt about one thing does not hide what is sure of the others, and is not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.judging import any_of, each_document, those
from tapeproof.gate.engine.model import Known, Undecided, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.engine.model import Finding, PolicyDocument, Stack, Statement
    from tapeproof.gate.engine.rule import Parameters


def _test(item: str) -> bool:
    if item == "?":
        raise Undecided(Known(item), "is not known")
    return item == "yes"


@pytest.mark.parametrize(
    ("items", "sure", "doubtful"),
    [
        ([], 0, False),
        (["no"], 0, False),
        (["yes", "no", "yes"], 2, False),
        (["?", "yes"], 1, True),
        (["?", "no", "?"], 0, True),
    ],
)
def test_what_is_sure_comes_first_and_the_doubt_after_it(items: list[str], sure: int, doubtful: bool) -> None:
    found = those(items, _test)
    assert [next(found) for _ in range(sure)] == ["yes"] * sure
    if doubtful:
        with pytest.raises(Undecided, match="is not known"):
            next(found)
    else:
        assert next(found, None) is None


def test_one_that_surely_passes_settles_the_question() -> None:
    assert any_of(["?", "yes"], _test)
    assert not any_of(["no"], _test)
    with pytest.raises(Undecided):
        any_of(["no", "?"], _test)


@each_document("identity")
def _judge(statement: Statement, document: PolicyDocument, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    if statement.allows:
        yield document.holder.fails(document.value, statement.actions[0].text(), fix="")


POLICY = 'jsonencode({ Statement = [{ Effect = "%s", Action = "s3:Get", Resource = "*" }] })'
DATA = """
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["sqs:Send"]
    resources = ["*"]
  }
}
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f'resource "aws_iam_policy" "p" {{ policy = {POLICY % "Allow"} }}', [("fail", "aws_iam_policy.p", "s3:Get")]),
        (f'resource "aws_iam_policy" "p" {{ policy = {POLICY % "Deny"} }}', [("pass", "aws_iam_policy.p", "")]),
        (f'resource "aws_sqs_queue_policy" "p" {{ policy = {POLICY % "Allow"} }}', []),
        (DATA, [("fail", "data.aws_iam_policy_document.d", "sqs:Send")]),
        (
            DATA + 'resource "aws_iam_policy" "p" { policy = data.aws_iam_policy_document.d.json }',
            [("fail", "aws_iam_policy.p", "sqs:Send")],
        ),
        (DATA.replace("resources", 'principals {\n type = "AWS"\n identifiers = ["*"]\n }\n resources'), []),
    ],
)
def test_each_statement_of_the_documents_of_a_kind_is_judged_once_where_it_is_held(
    stack_of: Callable[[str], Stack], source: str, expected: list[tuple[str, str, str]]
) -> None:
    found = list(_judge(stack_of(source), {}))
    assert [(str(one.verdict), one.resource, one.message) for one in found] == expected


def test_a_document_that_cannot_be_read_is_unknown(stack_of: Callable[[str], Stack]) -> None:
    source = 'variable "policy" {}\nresource "aws_iam_policy" "p" { policy = var.policy }\n'
    assert [one.verdict for one in _judge(stack_of(source), {})] == [Verdict.UNKNOWN]
