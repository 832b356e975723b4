"""Whoever is woken finds what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.stack.conftest import Block

RUNBOOK = PROJECT / "docs" / "runbook.md"
ALARMS = {"aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"}


@pytest.fixture(scope="module")
def sections() -> dict[str, str]:
    _, *parts = re.split(r"^## ", RUNBOOK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.partition("\n")[0].strip(): part.partition("\n")[2] for part in parts}


@pytest.fixture(scope="module")
def named(stack_folder: Path) -> set[str]:
    """The sections that alarms name, wherever their descriptions are written."""
    text = "\n".join(file.read_text() for file in (stack_folder / "modules").glob("*/*.tf"))
    literal = set(re.findall(r"Runbook: \$\{local\.runbook\}([a-z-]+)\.", text))
    return literal | set(re.findall(r'\brunbook = "([a-z-]+)"', text))


def test_every_alarm_names_a_section(stack_blocks: list[Block], unquoted: Callable[[str], str]) -> None:
    alarms = [block for block in stack_blocks if block.kind == "resource" and block.labels[0] in ALARMS]
    assert len(alarms) > 15
    silent = [
        block.labels
        for block in alarms
        if not re.search(r"Runbook: \$\{local\.runbook\}[a-z$]", unquoted(block.body["alarm_description"]))
        and "each.value.description" not in block.body["alarm_description"]
    ]
    assert silent == []


def test_every_section_that_an_alarm_names_exists_and_no_other(named: set[str], sections: dict[str, str]) -> None:
    assert named == set(sections)


def test_every_section_says_what_it_means_where_to_look_and_what_to_do(sections: dict[str, str]) -> None:
    asked = ["**Means.**", "**Look.**", "**Do.**"]
    assert {name: [part for part in asked if part not in text] for name, text in sections.items()} == {
        name: [] for name in sections
    }


def test_links_within_the_runbook_lead_somewhere(sections: dict[str, str]) -> None:
    linked = set(re.findall(r"\]\(#([a-z-]+)\)", RUNBOOK.read_text(encoding="utf-8")))
    assert linked <= set(sections)
