"""What is found is told by codes, subjects and hashes; no sentence is read by anything but people."""

from __future__ import annotations

import random
import secrets
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.attacks import ATTACKS, Row
from tapeproof.auditing.editor import Editor, clone
from tapeproof.log import errors
from tapeproof.verifier.findings import Finding
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options, verify_export

if TYPE_CHECKING:
    from pathlib import Path


def told(folder: Path, pin: Path, later_ns: int) -> dict[str, Any]:
    """Return everything that a report says but its sentences."""
    options = Options(pins=[read_pin(pin)], as_of=Editor(folder, random.Random(0)).created + later_ns)
    report = verify_export(folder, options).as_json()
    found = [{name: value for name, value in one.items() if name != "detail"} for one in report.pop("findings")]
    return {**report, "findings": sorted(found, key=str)}


@pytest.mark.parametrize("row", ATTACKS, ids=lambda row: row.title)
def test_a_verdict_does_not_depend_on_any_word_of_a_message(
    row: Row, exported: Path, pin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "attacked"
    clone(exported, folder)
    done = row.run(Editor(folder, random.Random(1)))
    before = told(folder, pin, done.later_ns)
    make, begin = Finding.__new__, errors.AuditError.__init__

    def worded(cls: type[Finding], attack: Any, detail: str, *rest: Any, **others: Any) -> Finding:  # noqa: ANN401 - as the class has it
        del detail
        return make(cls, attack, secrets.token_hex(8), *rest, **others)

    monkeypatch.setattr(Finding, "__new__", worded)
    monkeypatch.setattr(
        errors.AuditError, "__init__", lambda self, what, fix="": begin(self, what and secrets.token_hex(8), fix)
    )
    assert told(folder, pin, done.later_ns) == before
