"""Files are read once, until they are forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.boundary import Boundary
from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.frontends.hcl.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_read_once_and_anew_when_it_is_forgotten(tmp_path: Path) -> None:
    sources, file = Sources(), tmp_path / "main.tf"
    file.write_text("a = 1")
    assert sources.parse_file(file).body.attributes[0].name == "a"
    file.write_text("b = 1")
    assert sources.text(file) == "a = 1"
    sources.forget(file)
    assert sources.parse_file(file).body.attributes[0].name == "b"


def test_a_file_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("a = 1")
    sources = Sources(Boundary((tmp_path / "inside",)))
    assert not sources.may_read(tmp_path / "main.tf")
    with pytest.raises(SourceError, match="outside the repository"):
        sources.parse_file(tmp_path / "main.tf")
