"""A catalogue's digest changes with every name and byte, and with nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.catalogs import digest
from tapeproof.gate.catalogs.digest import catalog_digest, holds_code
from tapeproof.gate.engine.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _rename(pol: Path) -> None:
    (pol / "acme_sqs_1").rename(pol / "acme_sqs_2")


def _edit(pol: Path) -> None:
    rule = pol / "acme_sqs_1" / "rule.py"
    rule.write_bytes(rule.read_bytes()[:-1] + b" ")


def _move_a_byte_between_files(pol: Path) -> None:
    one, other = pol / "acme_sqs_1" / "policy.yaml", pol / "acme_sqs_1" / "rule.py"
    content = one.read_bytes()
    one.write_bytes(content[:-1])
    other.write_bytes(content[-1:] + other.read_bytes())


@pytest.mark.parametrize(
    "change",
    [_rename, _edit, _move_a_byte_between_files, lambda pol: (pol / "new.txt").touch()],
    ids=["a name", "a byte", "a byte that moves", "an empty file"],
)
def test_every_change_shows(change: Callable[[Path], None], project: Path) -> None:
    before = catalog_digest(project / "pol")
    change(project / "pol")
    assert catalog_digest(project / "pol") != before


def test_what_tools_leave_behind_does_not_show(project: Path) -> None:
    before = catalog_digest(project / "pol")
    (project / "pol" / "__pycache__").mkdir()
    (project / "pol" / "__pycache__" / "rule.cpython-311.pyc").write_bytes(b"x")
    for path in (project / "pol").rglob("*"):
        os.utime(path, (0, 0))
    assert catalog_digest(project / "pol") == before


@pytest.mark.parametrize("target", ["/etc/hostname", "..", "acme_sqs_1"])
def test_a_link_is_refused(target: str, project: Path) -> None:
    (project / "pol" / "link").symlink_to(target)
    with pytest.raises(CatalogError, match="no links"):
        catalog_digest(project / "pol")


def test_what_is_too_large_is_no_catalogue(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "MOST_BYTES", 100)
    with pytest.raises(CatalogError, match="at most"):
        catalog_digest(project / "pol")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no such folder"):
        catalog_digest(tmp_path / "nowhere")


def test_a_rule_is_code_and_checks_are_data(project: Path) -> None:
    assert holds_code(project / "pol")
    (project / "pol" / "acme_sqs_1" / "rule.py").unlink()
    assert not holds_code(project / "pol")
