"""More of what people reported of real feeds, collected here in the form of the field's cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tapeproof.market.memory import MemoryTables
from tests.conformance.market.field_cases import load_cases, replay

CASES = load_cases(Path(__file__).parent / "reported")


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES])
def test_a_reader_gets_what_the_venue_sent(case: dict[str, Any]) -> None:
    assert not replay(case, MemoryTables()).differences(), case["why"]
