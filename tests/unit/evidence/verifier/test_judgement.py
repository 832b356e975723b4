from __future__ import annotations

import pytest

from tapeproof.evidence.verifier import judgement
from tapeproof.evidence.verifier.sightings import load_criteria


def test_memory_of_judgements_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement, "MEMO_ENTRIES", 3)
    criterion = {"policy": "P", "stage": "live", "type": "t", "text": ""}
    criteria = load_criteria([{**criterion, "test": {"at": "/a", "is": "at least", "value": 5}}], {})["live"]["t"]
    assert [criteria({"a": number})[0].verdict for number in range(10)] == ["fail"] * 5 + ["pass"] * 5
    memo = judgement.Memo()
    for number in range(10):
        memo.keep(str(number), number)
        assert len(memo) <= 3


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("x" * 400, "x" * 400),
        ("x" * 401, "x" * 400 + "…"),
        ({"b": [1, "é"], "a": None}, '{"a":null,"b":[1,"é"]}'),
        (["x" * 500], '["' + "x" * 398 + "…"),
        (5, 5),
        (None, None),
        (True, True),
    ],
)
def test_a_finding_tells_a_value_in_few_letters_and_a_structure_as_text(value: object, told: object) -> None:
    assert judgement.shorten_value(value) == told


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        (["pass", "waived", "unknown", "fail"], "fail"),
        (["pass", "waived", "unknown"], "unknown"),
        (["pass", "waived"], "waived"),
        (["pass"], "pass"),
        ([], "unknown"),
        (["PASS"], "unknown"),
    ],
)
def test_the_worst_of_some_verdicts_counts_and_none_at_all_is_unknown(verdicts: list[str], verdict: str) -> None:
    assert judgement.worst(verdicts) == verdict


def test_a_key_too_long_to_keep_is_not_kept_and_its_value_is_still_handed_back() -> None:
    memo = judgement.Memo()
    assert memo.keep("x" * (judgement.MEMO_KEY_CHARACTERS + 1), 1) == 1
    assert memo.keep("x" * judgement.MEMO_KEY_CHARACTERS, 2) == 2
    assert list(memo.values()) == [2]
