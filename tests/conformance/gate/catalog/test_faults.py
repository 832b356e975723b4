"""The examples of each policy notice faults in its rule: `tapeproof gate test policies`, in the long run."""

from __future__ import annotations

import pytest

from tapeproof.gate.catalogs.testing import try_policy
from tapeproof.gate.engine.policy import Policy, catalog
from tests.effort import SOAKING

LEAST = 80
"""Percent, as `gate test` has it by default."""
QUICK = {"TP_LOG_1", "TP_SOD_1"}
POLICIES = [policy for policy in catalog() if SOAKING or policy.id in QUICK]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_examples_alone_notice_most_faults_of_a_rule(policy: Policy) -> None:
    trial = try_policy(policy)
    assert trial.wrong == ()
    assert trial.noticed >= LEAST, trial.unnoticed
