"""Decisions about access, and pairs of documents, each as AWS's documentation owes it."""

from __future__ import annotations

import json
from pathlib import Path

from tapeproof.gate.access.cases import decide_file
from tapeproof.gate.access.difference import find_new_access
from tapeproof.gate.access.document import read_document

DECISIONS = Path(__file__).with_name("decisions.json")
PAIRS = Path(__file__).with_name("access_diff.json")


def test_every_decision_is_the_owed_one() -> None:
    decided = decide_file(DECISIONS)
    assert len(decided) == 284
    assert not [f"{case.name}: {case.decision.answer.value}" for case in decided if not case.is_right]


def test_every_pair_of_documents_is_judged_as_owed() -> None:
    pairs = json.loads(PAIRS.read_text(encoding="utf-8"))["cases"]
    assert len(pairs) == 54
    wrong = []
    for pair in pairs:
        old, new = read_document(pair["old"], "old"), read_document(pair["new"], "new")
        found = find_new_access(old, new, pair["type"], "111122223333")
        if found.new_access is not (pair["expected"] == "NEW ACCESS"):
            wrong.append(f"{pair['id']}: {pair['why']}: {found.reason}")
    assert not wrong
