from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tests.unit.evidence.samples import NOW, Sample

if TYPE_CHECKING:
    from pathlib import Path


def test_the_chain_verifies_with_the_bundle_before_it(tmp_path: Path, key: Path) -> None:
    older = Sample()
    older.as_of = NOW.replace(month=10)
    first = older.bundle(tmp_path / "first" / "run", key=key)
    folder = Sample().write(tmp_path / "second" / "run")
    write_previous(folder, first.zip)
    second = write_bundle(folder, signer=KeyFileSigner(key))
    outcome = verify_bundle(str(second.zip), Expectations(second.fingerprint, previous=str(first.zip)))
    assert (outcome.word, outcome.findings) == ("VERIFIED", [])
    assert ("chain", f"follows run {first.assessment['run']['id']}") in outcome.checked
