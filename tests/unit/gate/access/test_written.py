"""The account and the region that the ARNs of a stack tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.written import account_in, list_arns, only, region_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

QUEUE = "arn:aws:sqs:eu-west-1:444455556666:q"


def test_arns_are_found_in_attributes_blocks_lists_and_objects(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(
        f"""
        resource "aws_scheduler_schedule" "s" {{
          name        = "s"
          description = "no ARN"
          tags        = {{ one = ["{QUEUE}1", {{ two = "{QUEUE}2" }}] }}
          target {{
            arn = "{QUEUE}3"
            dead_letter_config {{
              arn = "{QUEUE}4"
            }}
          }}
        }}
        """
    )
    assert sorted(list_arns(stack.everything)) == [f"{QUEUE}{number}" for number in range(1, 5)]


@pytest.mark.parametrize(
    ("arns", "account", "region"),
    [
        ([], "", ""),
        ([QUEUE, "arn:aws:sns:eu-west-1:444455556666:t"], "444455556666", "eu-west-1"),
        ([QUEUE, "arn:aws:sns:us-east-1:111122223333:t"], "", ""),
        (["arn:aws:iam::444455556666:role/r"], "", ""),
        (["arn:aws:s3:::b"], "", ""),
    ],
)
def test_an_account_and_a_region_are_told_where_there_is_one(arns: list[str], account: str, region: str) -> None:
    assert (account_in(arns), region_in(arns)) == (account, region)


def test_one_text_among_several_is_none() -> None:
    assert (only(["a", "a"]), only(["a", "b"]), only([])) == ("a", "", "")
