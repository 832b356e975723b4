"""The page about the log's format has a row for every attack of the drill, and none for one that there is not."""

from __future__ import annotations

import pytest

from tapeproof.auditing.attacks import ATTACKS, Row
from tests.places import PROJECT

PAGE = (PROJECT / "docs" / "formats" / "audit-log.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("| in the drill as |")[2].partition("\n\n")[0]
NAMED = {
    title.strip() for line in TABLE.splitlines()[2:] for title in line.rsplit("|", 2)[1].split(";") if title.strip()
}


def test_the_page_names_every_attack_of_the_drill_and_no_other() -> None:
    assert {row.title for row in ATTACKS} == NAMED


@pytest.mark.parametrize("row", ATTACKS, ids=lambda row: row.title)
def test_every_attack_says_what_it_does(row: Row) -> None:
    assert (row.run.__doc__ or "").strip().endswith(".")
