from __future__ import annotations

from typing import Any

import pytest

from tapeproof.evidence.verifier.manual_evidence import manual_records

SOURCE: dict[str, Any] = {
    "who": "B. Reviewer",
    "from": "CHG-1",
    "gathered": "2026-10-20",
    "expires": "2027-01-20",
    "sha256": "a" * 64,
    "controls": ["x:1"],
}


def _item(raw: str = "a" * 64, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    source = {**SOURCE, **changes}
    common = {"id": "manual-a", "title": "a", "collector": "manual", "status": "collected"}
    return {**common, "source": source, "raw": [{"path": "raw/a", "sha256": raw}]}


@pytest.mark.parametrize(
    ("item", "state"),
    [
        (_item(), "in date"),
        (_item(expires="2026-11-23"), "in date"),
        (_item(expires="2026-11-22"), "expired"),
        (_item(gathered="2026-11-24"), "malformed: gathered after the run"),
        (_item(expires="2027-10-22"), "malformed: it is to hold for more than 366 days"),
        (_item(expires="2026-10-19"), "malformed: it is to hold for more than 366 days, or ends before it begins"),
        (_item(expires="next year"), "malformed: dates are written YYYY-MM-DD"),
        (_item(who=""), "malformed: no who"),
        (_item(controls=[]), "malformed: no controls"),
        (_item(raw="b" * 64), "malformed: the file is not the one that was gathered"),
    ],
)
def test_manual_evidence_holds_until_its_end_and_only_when_it_is_whole(item: dict[str, Any], state: str) -> None:
    assert manual_records([item], "2026-11-23T09:30:00Z")[0]["state"].startswith(state)


def test_what_was_not_collected_by_hand_or_failed_is_no_manual_evidence() -> None:
    others = [{**_item(), "collector": "live"}, {**_item(), "status": "failed"}]
    assert manual_records(others, "2026-11-23T09:30:00Z") == []
