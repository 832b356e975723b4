"""Duties that only some may do: read, and proved for a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.access.duties import Duty, judge_declared, judge_duties, read_duties
from tapeproof.gate.engine.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

RECORD: dict[str, Any] = {"text": "only the sealer signs", "actions": "kms:Sign", "resources": "aws_kms_key.seal"}
STACK = """
resource "aws_kms_key" "seal" {}

resource "aws_iam_role" "sealer" {
  name               = "sealer"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "sealer" {
  role = aws_iam_role.sealer.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Sign", Resource = aws_kms_key.seal.arn }]
  })
}
"""


def test_a_single_name_and_a_list_are_the_same() -> None:
    (one,) = read_duties([RECORD])
    (other,) = read_duties([{**RECORD, "actions": ["kms:Sign"], "resources": ["aws_kms_key.seal"], "only": None}])
    assert one == other == Duty("only the sealer signs", ("everyone",), ("kms:Sign",), ("aws_kms_key.seal",))


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (None, "invariant 2: expected text, actions, resources"),
        ([], "invariant 2: expected text, actions, resources"),
        ({**RECORD, "action": "x"}, "invariant 2: expected text, actions, resources"),
        ({**RECORD, "text": ""}, "invariant 2: text is missing"),
        ({**RECORD, "resources": []}, "invariant 2: resources is missing"),
        ({**RECORD, "who": "nobody"}, "who expects everyone, functions or addresses of roles and users, got 'nobody'"),
        ({**RECORD, "actions": ["kms:*"]}, "actions expects single ones such as kms:Sign, got 'kms:*'"),
        ({**RECORD, "text": "  "}, "invariant 2: text is missing"),
        ({**RECORD, "only": "*"}, "invariant 2: only lets everything, so nothing is guarded"),
        ({"text": "t", "who": "aws_iam_role.a", "may": ["s3:*", "*:*"]}, "may lets everything, so nothing is guarded"),
        ({**RECORD, "actions": "kms:Sign "}, "actions expects single ones such as kms:Sign, got 'kms:Sign '"),
        ({**RECORD, "actions": "Sign"}, "got 'Sign'"),
        ({**RECORD, "actions": [{"kms": "Sign"}]}, "actions expects text, or a list of texts, got {'kms': 'Sign'}"),
        ({**RECORD, "resources": {"aws_kms_key": "seal"}}, "resources expects text, or a list of texts"),
        ({**RECORD, "only": [7]}, "only expects text, or a list of texts, got 7"),
    ],
)
def test_a_record_that_is_wrong_is_refused_with_its_number(record: object, told: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the text is compared as it stands
        read_duties([RECORD, record])
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ('aws_iam_role.s["a"]', 'aws_iam_role.s["a"]', True),
        ('aws_iam_role.s["*"]', 'aws_iam_role.s["b"]', True),
        ("aws_iam_role.s[0]", "aws_iam_role.s0", False),
        ("module.*.aws_iam_role.s", "module.a.module.b.aws_iam_role.s", True),
        ("aws_iam_role.S", "aws_iam_role.s", False),
        ("aws_iam_role.s", "aws_iam_role.s2", False),
        ("*.s*", "aws_iam_role.s2", True),
    ],
)
def test_an_address_with_brackets_is_meant_as_it_is_written(pattern: str, name: str, expected: bool) -> None:
    assert Duty("t", "everyone", (), (), (pattern,)).allows(name) is expected


@pytest.mark.parametrize(
    ("members", "verdicts"),
    [
        ({"only": "aws_iam_role.sealer"}, [Verdict.PASS]),
        ({"only": "aws_iam_role.other"}, [Verdict.FAIL]),
        ({}, [Verdict.FAIL]),
        ({"who": "functions"}, [Verdict.PASS]),
        ({"resources": "aws_kms_key.other", "only": "aws_iam_role.sealer"}, [Verdict.UNKNOWN]),
        ({"actions": "KMS:sign"}, [Verdict.FAIL]),
        ({"actions": "kms:Sgin"}, [Verdict.PASS, Verdict.UNKNOWN]),
        ({"actions": ["kms:Sign", "kmss:Sign"]}, [Verdict.FAIL, Verdict.UNKNOWN]),
        ({"who": "aws_iam_role.saeler"}, [Verdict.PASS, Verdict.UNKNOWN]),
        ({"who": "aws_iam_role.saeler", "optional": True}, [Verdict.PASS]),
        ({"who": "events.amazonaws.com"}, [Verdict.PASS]),
    ],
)
def test_who_may_do_what_only_others_may_is_found(
    stack_of: Callable[[str], Stack], members: dict[str, Any], verdicts: list[Verdict]
) -> None:
    found = list(judge_duties(stack_of(STACK), read_duties([{**RECORD, **members}])))
    assert [finding.verdict for finding in found] == verdicts
    assert all(finding.message.startswith("only the sealer signs") for finding in found)


def test_duties_about_nothing_of_a_stack_are_told_in_one_warning(stack_of: Callable[[str], Stack]) -> None:
    moved = {**RECORD, "resources": "module.moved.aws_kms_key.checkpoint", "only": "module.moved.aws_iam_role.sealer"}
    found = list(judge_duties(stack_of(STACK), read_duties([RECORD, moved, {**moved, "text": "another"}])))
    (warning,) = [finding for finding in found if finding.warning]
    assert warning.verdict is Verdict.PASS
    assert warning.message.startswith("2 of the declared duties are about nothing of this stack")
    assert "module.moved.aws_kms_key.checkpoint" in warning.message


def test_of_many_duties_about_nothing_three_are_named(stack_of: Callable[[str], Stack]) -> None:
    moved = {**RECORD, "resources": "module.moved.aws_kms_key.checkpoint", "only": "module.moved.aws_iam_role.sealer"}
    found = judge_duties(stack_of(STACK), read_duties([{**moved, "text": f"duty {number}."} for number in range(14)]))
    (warning,) = [finding for finding in found if finding.warning]
    assert warning.message.startswith("14 of the declared duties")
    assert warning.message.count("duty ") == 3
    assert warning.message.endswith("; and 11 more")


READER = """
resource "aws_iam_role" "auditor" {
  name               = "auditor"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "auditor" {
  role = aws_iam_role.auditor.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = %s, Resource = "*" }]
  })
}
"""
READS = {"text": "the auditor reads", "who": "aws_iam_role.auditor*", "may": ["*:Get*", "dynamodb:Query"]}


@pytest.mark.parametrize(
    ("actions", "verdict", "told"),
    [
        ('["s3:GetObject", "dynamodb:Query"]', Verdict.PASS, "the auditor reads"),
        ('["s3:Get*", "s3:GetObject*"]', Verdict.PASS, "the auditor reads"),
        ('["s3:G*"]', Verdict.FAIL, "and is allowed s3:"),
        ('["s3:GetObject", "s3:PutObject"]', Verdict.FAIL, "and is allowed s3:PutObject on"),
        ("var.actions", Verdict.UNKNOWN, "actions"),
    ],
)
def test_all_that_somebody_may_have_is_a_duty(
    stack_of: Callable[[str], Stack], actions: str, verdict: Verdict, told: str
) -> None:
    (finding,) = judge_duties(stack_of(READER % actions + 'variable "actions" {}\n'), read_duties([READS]))
    assert finding.verdict is verdict
    assert told in finding.message


def test_what_is_made_for_some_environments_only_may_be_missing(stack_of: Callable[[str], Stack]) -> None:
    assert not list(judge_duties(stack_of(STACK), read_duties([{**READS, "optional": True}])))
    (idle,) = judge_duties(stack_of(STACK), read_duties([READS]))
    assert idle.warning


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({**READS, "who": []}, "who is missing"),
        ({**READS, "actions": "kms:Sign"}, "it takes no actions, resources or only"),
        ({**READS, "optional": "yes"}, "optional expects true or false, got 'yes'"),
    ],
)
def test_a_duty_of_all_that_somebody_may_have_is_read_strictly(record: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_duties([record])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("arn:aws:iam::111122223333:role/desk/sealer", True),
        ("arn:aws:iam::111122223333:user/sealer", False),
        ("arn:aws:iam::111122223333:role/other", False),
        ("aws_iam_role.sealer", True),
        ("sealer.amazonaws.com", False),
    ],
)
def test_in_an_account_a_role_is_called_by_its_name(name: str, *, expected: bool) -> None:
    duty = Duty("only the sealer", ("aws_iam_role.sealer",), only=("aws_iam_role.sealer",))
    assert duty.allows(name) is expected
    assert duty.looks_at(name, ()) is expected


@pytest.mark.parametrize(
    ("patterns", "owed"),
    [
        (["aws_sqs_queue.a"], ["aws_sqs_queue.a"]),
        (["*aws_sqs_queue.*"], ["aws_sqs_queue.a", 'aws_sqs_queue.b["x"]', "aws_sqs_queue.ab"]),
        (["aws_sqs_queue.?"], ["aws_sqs_queue.a"]),
        (['aws_sqs_queue.b["x"]'], ['aws_sqs_queue.b["x"]']),
        (["aws_sqs_queue.b[*"], ['aws_sqs_queue.b["x"]']),
        (["aws_sqs_queue.ab", "*.a"], ["aws_sqs_queue.a", "aws_sqs_queue.ab"]),
        (["*"], ["aws_sqs_queue.a", 'aws_sqs_queue.b["x"]', "aws_sqs_queue.ab"]),
        (["aws_sqs_queue"], []),
    ],
)
def test_a_duty_guards_what_its_patterns_name_in_the_order_of_the_stack(
    patterns: list[str], owed: list[str], stack_of: Callable[[str], Stack]
) -> None:
    stack = stack_of(
        'resource "aws_sqs_queue" "a" {}\n'
        'resource "aws_sqs_queue" "b" {\n for_each = toset(["x"])\n}\n'
        'resource "aws_sqs_queue" "ab" {}\n'
    )
    duty = {"text": "t", "actions": ["sqs:DeleteQueue"], "resources": patterns, "optional": True}
    assert [finding.resource for finding in judge_declared(stack, [duty])] == owed


def test_a_misspelt_action_of_a_duty_is_told_with_the_one_it_looks_like(stack_of: Callable[[str], Stack]) -> None:
    *_, told = judge_duties(stack_of(STACK), read_duties([{**RECORD, "actions": "kms:Sgin"}]))
    assert (told.message, told.fix) == (
        "only the sealer signs: AWS has no action kms:Sgin, so nobody is asked about it",
        "write kms:Sign",
    )
