from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.errors import CollectionError
from tests.unit.evidence.collecting import collect_into

if TYPE_CHECKING:
    from pathlib import Path


def test_a_root_that_is_not_there_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(CollectionError) as refused:
        collect_into(tmp_path / "absent", tmp_path)
    assert "--root" in refused.value.diagnostics()
