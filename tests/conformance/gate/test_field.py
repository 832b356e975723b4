"""What people reported about other tools is judged right: no pass that is not earned, no failure that is not one.

Where a failure is owed, a finding of a policy newer than the case may be the better place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.gate.judged_cases import Judged, find_cases, judge_cases, read_case
from tests.conformance.gate.messages import find_message_faults
from tests.places import FIELD

if TYPE_CHECKING:
    from pathlib import Path

CASES = find_cases(FIELD / "gate")
FIRST_CATALOGUE = frozenset(
    """
    TP_DDB_1 TP_DDB_2 TP_DLQ_1 TP_DLQ_2 TP_DLQ_3 TP_DST_1 TP_DST_2 TP_EVT_1 TP_GATE TP_IAM_1 TP_IAM_2 TP_IAM_3 TP_IAM_4
    TP_LOG_1 TP_LOG_2 TP_LOG_3 TP_NAM_1 TP_NAM_2 TP_NET_1 TP_OBS_1 TP_REG_1 TP_RUN_1 TP_RUN_2 TP_VAL_1 TP_VAL_2
    """.split()  # noqa: SIM905 - a table of words
)
"""Policies that were there when the cases were written."""

pytestmark = pytest.mark.skipif(not CASES, reason="there are no field inputs; name their folder in TAPEPROOF_FIELD")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return judge_cases(CASES, tmp_path_factory.mktemp("field"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gets_the_verdict_that_it_owes(case: Path, judged: Judged) -> None:
    owed = read_case(case)
    found = judged.given(case.name, owed["policy"])
    if owed["expected"] == "pass":
        assert found in {"pass", "absent"}, owed["report"]
    elif owed["expected"] == "fail" and judged.policies[case.name] - FIRST_CATALOGUE:
        return
    else:
        assert found == owed["expected"], owed["report"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_whatever_is_told_of_a_case_is_plain(case: Path, judged: Judged) -> None:
    found = (result for result in judged.results[case.name] if result["verdict"] != "pass")
    assert [fault for result in found for fault in find_message_faults(result, case)] == []
