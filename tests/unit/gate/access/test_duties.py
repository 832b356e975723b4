"""Duties that only some may do: read, and proved for a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.access.duties import Duty, judge_duties, read_duties
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
    assert one == other == Duty("only the sealer signs", "everyone", ("kms:Sign",), ("aws_kms_key.seal",), ())


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (None, "invariant 2: expected text, actions, resources"),
        ([], "invariant 2: expected text, actions, resources"),
        ({**RECORD, "action": "x"}, "invariant 2: expected text, actions, resources"),
        ({**RECORD, "text": ""}, "invariant 2: text is missing"),
        ({**RECORD, "resources": []}, "invariant 2: resources is missing"),
        ({**RECORD, "who": "nobody"}, "who expects one of everyone, functions, got 'nobody'"),
        ({**RECORD, "actions": ["kms:*"]}, "actions expects single ones such as kms:Sign, got 'kms:*'"),
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
