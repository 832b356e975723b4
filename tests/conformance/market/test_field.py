"""What people reported of real feeds: each case read back as its reader is owed."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.memory import MemoryTables
from tests.conformance.market.field_cases import load_cases, replay
from tests.places import FIELD

CASES = load_cases(FIELD / "market")


@pytest.mark.skipif(not CASES, reason=f"no cases in {FIELD / 'market'}")
@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES])
def test_a_reader_gets_what_the_venue_sent(case: dict[str, Any]) -> None:
    assert not replay(case, MemoryTables()).differences(), case["why"]
