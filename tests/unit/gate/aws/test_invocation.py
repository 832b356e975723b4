"""Who waits for a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.invocation import invokers_that_do_not_wait, invokers_that_wait
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


@pytest.mark.parametrize("row", rows("invokers"), ids=lambda row: f"{row['resource_type']}.{row['attribute']}")
def test_each_invoker_is_found_where_it_keeps_its_function(
    stack_of: Callable[[str], Stack], row: dict[str, str]
) -> None:
    *outer, name = row["attribute"].split(".")
    body = "".join(f"{block} {{\n" for block in outer) + f'{name} = "f"\n' + "}\n" * len(outer)
    stack = stack_of(f'resource "{row["resource_type"]}" "x" {{\n{body}}}')
    named = (
        [value.plain() for value in invokers_that_wait(stack)],
        [value.plain() for value in invokers_that_do_not_wait(stack)],
    )
    assert "f" in named[row["waits"] != "yes"]
    assert "f" not in named[row["waits"] == "yes"]
    assert row["source"]


@pytest.mark.parametrize(("kind", "waits"), [("RequestResponse", True), ("Event", False)])
def test_mail_is_handed_to_a_function_as_the_receipt_rule_says(
    stack_of: Callable[[str], Stack], kind: str, waits: bool
) -> None:
    action = f'lambda_action {{\nfunction_arn = "f"\ninvocation_type = "{kind}"\n}}'
    stack = stack_of(f'resource "aws_ses_receipt_rule" "x" {{\n{action}\n}}')
    assert bool(list(invokers_that_wait(stack))) is waits
    assert bool(list(invokers_that_do_not_wait(stack))) is not waits
