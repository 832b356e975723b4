from __future__ import annotations

import pytest

from tapeproof.evidence.checking.outcome import Expectations, Outcome
from tapeproof.evidence.verifier.findings import Finding

FINDING = Finding("ALTERED", "x", "y")


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"signed": True, "anchored": True}, 0, "VERIFIED"),
        ({"signed": True, "anchored": True, "findings": [FINDING]}, 1, "TAMPERED"),
        ({"signed": True, "anchored": True, "findings": [FINDING], "unmet": [FINDING]}, 1, "TAMPERED"),
        ({"signed": True}, 3, "UNANCHORED"),
        ({}, 3, "UNSIGNED"),
        ({"signed": True, "anchored": True, "unmet": [FINDING]}, 4, "UNMET"),
        ({"signed": True, "anchored": True, "readable": False}, 5, "UNUSABLE"),
    ],
)
def test_the_worst_that_was_found_decides_status_and_word(changes: dict[str, object], status: int, word: str) -> None:
    outcome = Outcome()
    for name, value in changes.items():
        setattr(outcome, name, value)
    assert (outcome.exit_status, outcome.word) == (status, word)


def test_a_reader_knows_the_signer_by_fingerprint_or_by_key() -> None:
    assert [Expectations().anchored, Expectations("sha256:aa").anchored, Expectations(public_key=b"x").anchored] == [
        False,
        True,
        True,
    ]
    assert Expectations().terms == {}
