"""The page that lists every policy."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.outputs.catalog_page import PAGE, render

if TYPE_CHECKING:
    from tapeproof.gate.engine.policy import Policy

POLICIES = catalog()


def test_every_policy_has_a_line_that_leads_to_its_section() -> None:
    page = render(POLICIES)
    linked = re.findall(r"^\| \[(\w+)\]\(#(\w+)\)", page, re.MULTILINE)
    headings = re.findall(r"^## (\w+)$", page, re.MULTILINE)
    assert [name for name, _ in linked] == headings == [policy.id for policy in POLICIES]
    assert all(anchor == name.lower() for name, anchor in linked)


def test_its_links_lead_to_folders_that_are_there() -> None:
    links = re.findall(r"\[Examples\]\((.+)\)", render(POLICIES))
    assert len(links) == len(POLICIES)
    assert all((PAGE.parent / link).is_dir() for link in links)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_tables_have_as_many_cells_in_each_row_as_in_their_head(policy: Policy) -> None:
    width = 0
    for line in render([policy]).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (cells and width) or cells == width, line
        width = cells


def test_a_policy_without_controls_says_so() -> None:
    page = render([replace(POLICIES[0], controls=(), parameters={}, supersedes=())])
    assert "No control asks for it" in page
    assert "| framework |" not in page
    assert "| parameter |" not in page


def test_a_page_of_nothing_is_its_introduction() -> None:
    assert "## " not in render([])
