from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import Any

import pytest

from tapeproof.verifier.findings import Attack, Finding, Quota
from tapeproof.verifier.folder import Part
from tapeproof.verifier.parts import PartReport, bodies_of


def _item(body: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - attributes
    return {"body": {"S": body}, **more}


@pytest.mark.parametrize(
    ("items", "bodies"),
    [
        ([], []),
        ([_item("a")], ["a"]),
        ([_item("a"), _item("b", a_part={"N": "1"})], ["ab"]),
        ([_item("a", a_item={"N": "0"}), _item("b", a_item={"N": "1"})], ["a", "b"]),
        ([{}], [""]),
        ([_item("\u00e9")], ["\u00e9"]),
        ([_item("\ud800")], ["?"]),
    ],
)
def test_a_body_is_hashed_whole_however_many_items_hold_it(items: list[dict[str, Any]], bodies: list[str]) -> None:
    assert bodies_of(items) == {sha256(body.encode()).digest() for body in bodies}


def test_of_very_many_findings_of_one_kind_only_the_first_are_kept_and_the_rest_are_counted() -> None:
    report = PartReport(Part("2025112306", 0), Counter(), [], [], [], [], [], [], Quota())
    for number in range(1_000):
        report.find(Finding(Attack.LINE_MISSING, "x", seq=number))
    report.find(Finding(Attack.ENTRY_EDITED, "y"))
    assert len(report.findings) + report.quota.refused == 1_001
    assert report.quota.refused > 0
    assert report.findings[-1].attack is Attack.ENTRY_EDITED
