"""Decisions and pairs of documents with the answers that are owed, from AWS's documentation and public reports."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tapeproof.gate.access.cases import decide_file
from tapeproof.gate.access.difference import find_new_access
from tapeproof.gate.access.document import read_document
from tapeproof.gate.access.wording import say_conditions
from tapeproof.gate.engine.model import Verdict
from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.frontends.hcl.reader import read

PROJECT = Path(__file__).resolve().parents[3]
FIELD = Path(os.environ.get("TAPEPROOF_FIELD") or PROJECT.parent / "shared" / "field") / "access"
DECISIONS = FIELD / "decisions.json"
PAIRS = FIELD / "access_diff.json"
OWNER = "111122223333"
DELIVERY = [policy for policy in catalog() if policy.id.startswith("TP_DLV_")]

pytestmark = pytest.mark.shared


def _cases(path: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cases"] if path.is_file() else []
    return cases


def _missing(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not path.is_file(), reason=f"no {path.name} in the folder of field inputs")


@_missing(DECISIONS)
def test_every_decision_of_the_field_is_the_owed_one() -> None:
    decided = decide_file(DECISIONS)
    assert decided
    assert not [f"{case.name}: {case.decision.answer.value}" for case in decided if not case.is_right]


@_missing(DECISIONS)
def test_conditions_that_decide_are_told_as_the_field_tells_them() -> None:
    owed = {case["id"]: case["when"] for case in _cases(DECISIONS) if "when" in case}
    told = {case.name: say_conditions(case.decision.when, case.spelling) for case in decide_file(DECISIONS)}
    assert {name: told[name] for name in owed} == owed


@_missing(PAIRS)
@pytest.mark.parametrize("pair", _cases(PAIRS), ids=lambda pair: pair["id"])
def test_every_pair_of_documents_of_the_field_is_judged_as_owed(pair: dict[str, Any]) -> None:
    old, new = read_document(pair["old"], "old"), read_document(pair["new"], "new")
    found = find_new_access(old, new, pair["type"], OWNER)
    assert found.new_access is (pair["expected"] == "NEW ACCESS"), found.reason
    assert (found.witness is not None) is found.new_access


def _roots() -> list[Path]:
    folder = FIELD / "delivery"
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.skipif(not _roots(), reason="no delivery roots in the folder of field inputs")
@pytest.mark.parametrize("root", _roots(), ids=lambda root: root.name)
def test_every_delivery_root_of_the_field_stops_where_it_is_broken_and_nowhere_else(root: Path) -> None:
    case = json.loads((root / "case.json").read_text(encoding="utf-8"))
    stack = read(root)
    findings = [finding for policy in DELIVERY for finding in policy.judge(stack, policy.settings())]
    told = {finding.resource for finding in findings if finding.verdict is not Verdict.PASS}
    if case["works"]:
        assert not [finding.message for finding in findings if finding.verdict is not Verdict.PASS]
    else:
        assert told & set(case["defect_at"]), case["stops_at"]
