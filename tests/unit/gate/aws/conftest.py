"""Statements of policies in a few lines of Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


@pytest.fixture
def statement_of(stack_of: Callable[[str], Stack]) -> Callable[[str], object]:
    """Return a function that makes a statement of an Allow to a principal of some kind, with conditions."""
    from tapeproof.gate.engine.model import policy_documents  # noqa: PLC0415 - of this fixture alone

    def make(condition: str, principal: str = '"*"', effect: str = "Allow") -> object:
        source = f"""
        resource "aws_sqs_queue_policy" "p" {{
          policy = jsonencode({{ Statement = [{{
            Effect = "{effect}", Principal = {principal}, Action = "sqs:*", Resource = "*", Condition = {condition}
          }}] }})
        }}
        """
        stack = stack_of(source)
        (document,) = policy_documents(stack)
        return document.statements(stack)[0]

    return make
