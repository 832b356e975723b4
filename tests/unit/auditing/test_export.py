from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tests.unit.log.world import World, WorldSource

if TYPE_CHECKING:
    from pathlib import Path


def test_an_export_never_overwrites_a_folder(exported: Path) -> None:
    with pytest.raises(SourceError, match="is not empty"):
        export(WorldSource(World()), exported, ExportOptions())
