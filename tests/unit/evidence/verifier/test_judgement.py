from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.verifier import judgement
from tapeproof.evidence.verifier.sightings import load_criteria

if TYPE_CHECKING:
    import pytest


def test_memory_of_judgements_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement, "MEMO_ENTRIES", 3)
    criterion = {"policy": "P", "stage": "live", "type": "t", "text": ""}
    criteria = load_criteria([{**criterion, "test": {"at": "/a", "is": "at least", "value": 5}}], {})["live"]["t"]
    assert [criteria({"a": number})[0].verdict for number in range(10)] == ["fail"] * 5 + ["pass"] * 5
    memo = judgement.Memo()
    for number in range(10):
        memo.keep(str(number), number)
        assert len(memo) <= 3
