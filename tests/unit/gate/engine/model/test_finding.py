"""What a rule says: quiet by default, and never changed afterwards."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from tapeproof.gate.engine.model import NOWHERE, Finding, Verdict


def test_a_finding_hides_nothing_and_warns_of_nothing_unless_it_says_so() -> None:
    finding = Finding(Verdict.PASS)
    assert (finding.warning, finding.hides, finding.span, finding.observed) == (False, False, NOWHERE, "")


def test_what_a_rule_has_said_stays_said() -> None:
    with pytest.raises(FrozenInstanceError):
        Finding(Verdict.FAIL).verdict = Verdict.PASS  # type: ignore[misc]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_is_its_own_word(verdict: Verdict) -> None:
    assert verdict == str(verdict) == verdict.name.lower()
