from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.layout import evidence_digest, inputs_of
from tapeproof.evidence.verifier.manifest import Entry

if TYPE_CHECKING:
    from pathlib import Path


def _contents(folder: Path, **files: str) -> Contents:
    return Contents(open_bundle(str(folder)), {name.replace("__", "/"): Entry(1, sha) for name, sha in files.items()})


def test_verdicts_are_derived_from_run_previous_controls_and_evidence_alone(tmp_path: Path) -> None:
    names = {"reports__a": "0", "run.json": "1", "evidence__x": "2", "controls__y": "3", "README.txt": "4"}
    contents = _contents(tmp_path, **names)
    assert inputs_of(contents) == ("controls/y", "evidence/x", "run.json")


def test_the_evidence_digest_changes_with_every_input_and_with_nothing_else(tmp_path: Path) -> None:
    plain = evidence_digest(_contents(tmp_path, **{"run.json": "1"}))
    assert plain == evidence_digest(_contents(tmp_path, **{"run.json": "1", "reports__a": "0"}))
    assert plain != evidence_digest(_contents(tmp_path, **{"run.json": "2"}))
