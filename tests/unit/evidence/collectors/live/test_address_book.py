from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tapeproof.evidence.collectors.live.address_book import AddressBook
from tests.unit.evidence.collecting import PLAN

if TYPE_CHECKING:
    from pathlib import Path


def test_the_state_names_live_resources_by_address(tmp_path: Path) -> None:
    state = {"format_version": "1.0", "values": PLAN["planned_values"]}
    (tmp_path / "state.json").write_text(json.dumps(state))
    book = AddressBook.read(tmp_path / "state.json", None)
    assert book.address("aws_dynamodb_table", "table-market-dev") == "aws_dynamodb_table.market"
    assert book.address("aws_dynamodb_table", "other-dev") == "live:aws_dynamodb_table:other-dev"
