"""Functions of hashicorp/aws answer as its version 5.100.0 does in Terraform's console, Terraform's own as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value

PARSED = {"partition": "aws", "service": "sqs", "region": "us-east-1", "account_id": "1", "resource": "a:b"}
ROLE = "arn:aws:iam::444455556666:role/example"


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('provider::aws::arn_build("aws", "iam", "", "123456789012", "root")', "arn:aws:iam::123456789012:root"),
        ('provider::aws::arn_build("", "", "", "", "")', "arn:::::"),
        ('provider::aws::arn_build("aws", "iam", null, "1", "root")', Fault),
        ('provider::aws::arn_parse("arn:aws:sqs:us-east-1:1:a:b")', PARSED),
        ('provider::aws::arn_parse("arn:::::")', dict.fromkeys(PARSED, "")),
        ('provider::aws::arn_parse("arn:aws:sqs")', Fault),
        ('provider::aws::arn_parse("x:aws:sqs:us-east-1:1:a")', Fault),
        ('provider::aws::trim_iam_role_path("arn:aws:iam::444455556666:role/with/path/example")', ROLE),
        (f'provider::aws::trim_iam_role_path("{ROLE}")', ROLE),
        ('provider::aws::trim_iam_role_path("arn:aws:iam::444455556666:user/example")', Fault),
        ('provider::aws::trim_iam_role_path("arn:aws:s3:::role/a/b")', Fault),
        ('provider::aws::trim_iam_role_path("x")', Fault),
    ],
)
def test_functions_about_arns_answer_as_the_provider_does(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


def test_what_is_known_of_an_arn_stays_known(evaluate: Callable[[str], Value]) -> None:
    built = evaluate('provider::aws::arn_build("aws", "sqs", "us-east-1", var.free, "*")')
    written = [piece.content for piece in built.pieces_of_text() if isinstance(piece.content, str)]
    assert "".join(written) == "arn:aws:sqs:us-east-1::*"
    assert built.comes_from("var.free")


def test_parts_of_an_arn_that_is_not_known_are_not_known(evaluate: Callable[[str], Value]) -> None:
    assert not evaluate("provider::aws::arn_parse(aws_sqs_queue.q.arn)").known


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('"days = 7"', {"days": 7}),
        ('"# a\\ndays = 7 // b\\nnames = [\\n\\"a\\",\\n]\\n"', {"days": 7, "names": ["a"]}),
        ('"a = { b = null }\\nc = true\\n"', {"a": {"b": None}, "c": True}),
        ('""', {}),
        ('"days = "', Fault),
        ('"days = var.free"', Fault),
    ],
)
def test_a_variable_file_is_decoded(text: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(f"provider::terraform::decode_tfvars({text})") == answer


def test_a_variable_file_that_is_not_known_is_not_decoded(evaluate: Callable[[str], Value]) -> None:
    assert not evaluate("provider::terraform::decode_tfvars(aws_sqs_queue.q.name)").known
