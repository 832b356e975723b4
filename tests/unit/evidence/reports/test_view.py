from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.reports import view as module
from tapeproof.evidence.reports.view import Spools, identifier, one_line
from tests.unit.evidence.reports.writing import changed_view, leave_unjudged

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View


def test_an_identifier_is_the_same_for_the_same_thing_and_no_other() -> None:
    one = identifier("run", "resource", "a")
    assert one == identifier("run", "resource", "a")
    assert len({one, identifier("other", "resource", "a"), identifier("run", "resource", "b"), identifier("run")}) == 4
    assert uuid.UUID(one).version == 5


def test_the_first_field_that_says_something_stands_on_one_line() -> None:
    row = {"findings": [{"message": ""}, {"observed": "two\n lines\t"}, {"message": "later"}]}
    assert one_line(row, "message", "observed") == "two lines"
    assert one_line(row, "fix") == ""
    assert one_line({"findings": []}, "message") == ""
    assert one_line({"findings": [{"observed": 5}]}, "observed") == "5"


def test_policies_stand_in_one_order_the_gates_first(view: View) -> None:
    kinds = [policy["kind"] for policy in view.ordered_policies]
    assert kinds == sorted(kinds, key=["policy", "assertion", "requirement"].index)
    assert len(view.ordered_policies) == len(view.assessment["policies"])


def test_a_gap_is_a_policy_that_was_to_be_judged_at_a_stage_and_was_not(view: View) -> None:
    before = set(view.gaps)
    policy = leave_unjudged(view, None)
    after = changed_view(view)
    assert set(after.gaps) - before == {(policy, "source", "not judged")}
    assert after.rows_by_verdict["not-evaluated"] == len(after.gaps)


def test_rows_are_counted_by_verdict_over_all_stages(view: View) -> None:
    rows = view.assessment["counts"]["rows"].values()
    assert view.rows_by_verdict["pass"] == sum(one.get("pass", 0) for one in rows)


@pytest.mark.parametrize("limit", [1, 1 << 20])
def test_a_spool_gives_back_its_texts_in_order_in_memory_or_from_a_file(
    monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(module, "SPOOL_BYTES", limit)
    spools = Spools()
    assert [spools.add("a", text) for text in ("é", "b", "c")] == [0, 1, 2]
    spools.add("z", "other")
    assert b"".join(spools.chunks("a")).decode() == "ébc"
    assert (spools.count("a"), spools.count("absent"), spools.keys()) == (3, 0, ["a", "z"])
    assert list(spools.chunks("absent")) == []
    spools.close()
