from __future__ import annotations

import pytest

from tapeproof.evidence.verifier import findings
from tapeproof.evidence.verifier.findings import UNEXPECTED, Unusable, refuse_shape


def test_what_stops_the_verifier_says_code_place_and_reason_and_hands_on_the_finding() -> None:
    error = Unusable("LINK", "a/b", "a bundle holds no links")
    assert str(error) == "LINK: a/b: a bundle holds no links"
    assert error.finding == ("LINK", "a/b", "a bundle holds no links")


@pytest.mark.parametrize("kind", UNEXPECTED)
def test_evidence_of_another_shape_becomes_a_finding_that_names_place_and_cause(kind: type[Exception]) -> None:
    error = refuse_shape("evidence/x:3", kind("count"))
    assert error.finding[:2] == ("BAD_EVIDENCE", "evidence/x:3")
    assert kind.__name__ in error.finding.message
    assert "count" in error.finding.message


def test_exit_statuses_are_told_apart_and_none_but_verified_is_zero() -> None:
    statuses = {name: value for name, value in vars(findings).items() if name.startswith("EXIT_")}
    assert len(set(statuses.values())) == len(statuses)
    assert [name for name, value in statuses.items() if value == 0] == ["EXIT_VERIFIED"]
    assert all(0 <= value < 126 for value in statuses.values())  # shells take 126 and up for themselves
