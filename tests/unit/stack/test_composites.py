"""AWS refuses to delete an alarm that a composite alarm names: it goes only after the composite has changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.stack.conftest import Block


def test_alarms_that_composites_name_are_replaced_before_they_go(stack_folder: Path, stack_blocks: list[Block]) -> None:
    source = (stack_folder / "modules" / "observability" / "alarms_composite.tf").read_text(encoding="utf-8")
    composites = source[source.index("composites = {") : source.index("\nresource")]
    named = set(re.findall(r"aws_cloudwatch_\w+_alarm\.\w+", composites)) - {"aws_cloudwatch_composite_alarm.this"}
    assert len(named) > 6  # guards the reader
    ordered = {
        ".".join(block.labels)
        for block in stack_blocks
        if block.kind == "resource"
        and any(cycle.get("create_before_destroy") for cycle in block.body.get("lifecycle", []))
    }
    assert named - ordered == set()
