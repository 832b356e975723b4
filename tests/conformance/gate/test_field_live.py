"""An account that holds what a stranger's root declares gets the root's verdicts, as far as moto holds its types."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from tapeproof.gate.engine.errors import GateError
from tapeproof.gate.engine.policy import Policy, catalog
from tapeproof.gate.frontends.hcl.reader import read as read_source
from tapeproof.gate.frontends.live.reader import read as read_account
from tests.conformance.gate.building import MAKERS, REGION, build
from tests.conformance.gate.judged_cases import find_cases
from tests.effort import SOAKING
from tests.places import FIELD, PROJECT

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Resource, Stack
    from tests.conformance.gate.building import Built

CASES = [*find_cases(FIELD / "gate"), *find_cases(PROJECT / "tests" / "conformance" / "gate" / "reports")]
POLICIES = [policy for policy in catalog() if "live" in policy.decidable_at]
ALONE = {"TP_DDB_1", "TP_IAM_1", "TP_IAM_2", "TP_IAM_3", "TP_IAM_4", "TP_IAM_5", "TP_LOG_1", "TP_NET_1"}
"""Policies that judge a resource by itself and by what is attached to it; the others need all that is around it."""
EXPLAINED = {
    "module-in-a-module-twice": "two log groups of one name, of which an account holds one",
    "bucket-whose-own-policy-is-a-heredoc": "in an account the policy of a bucket stands beside it, and fails there",
    "awscc-role-with-all-actions": "as above, of a role",
    "account-that-blocks-elsewhere": "what is set for another account is set for the only one here",
    "queue-policy-inline-and-apart-without-tls": "of two policies of one queue an account holds the one set last",
    "topic-policy-inline-and-apart": "as above, of a topic",
    "queue-by-the-id-of-its-policy": "AWS encrypts a queue of which nobody says so; source wants it said",
    "topic-by-the-id-of-its-policy": "a policy of protection is not made here, so neither is what has its id",
    "queue-under-the-key-of-another-region": "an account is read, and made here, in one region",
}
"""Differences that are due, by case."""
FEWEST = 500

pytestmark = pytest.mark.skipif(not SOAKING, reason="hundreds of accounts are made and read; run: make soak")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    return boto3.Session(region_name=REGION)


def verdicts(policy: Policy, stack: Stack, built: Built) -> dict[tuple[str, str], set[str]]:
    """Return the verdicts of a policy on each resource that is in both, by type and name."""
    by_address = {resource.address: resource for resource in stack.resources()}
    found: dict[tuple[str, str], set[str]] = {}
    for finding in policy.judge(stack, policy.settings()):
        resource = by_address.get(finding.resource)
        if resource is not None and resource.type in MAKERS and not is_unwritten(policy, resource):
            found.setdefault((resource.type, plain_name(resource)), set()).add(finding.verdict.value)
    return {name: told for name, told in found.items() if name in built.made}


def is_unwritten(policy: Policy, resource: Resource) -> bool:
    """Return whether only source knows what is judged: a retention that is not written out, or what is ignored.

    An account keeps such logs for ever, and does not know what Terraform leaves as it is.
    """
    if any("ignore_changes" in lifecycle for lifecycle in resource.children if lifecycle.type == "lifecycle"):
        return True
    retention = resource["retention_in_days"]
    is_of_group = (policy.id, resource.type) == ("TP_LOG_1", "aws_cloudwatch_log_group")
    return is_of_group and retention.known and retention.is_null


def plain_name(resource: Resource) -> str:
    for attribute in ("name", "bucket"):
        value = resource[attribute]
        if value.known and not value.is_unset:
            return value.text()
    return resource.name


def test_source_and_account_agree_on_what_strangers_reported(session: boto3.Session) -> None:
    wrong: list[str] = []
    left: Counter[str] = Counter()
    compared = 0
    for case in CASES:
        try:
            source = read_source(case)
        except GateError:
            continue
        with mock_aws(config={"lambda": {"use_docker": False}}):
            built = build(source, session)
            account = read_account(region=REGION, session=session)
        left += built.left
        for policy in POLICIES:
            if policy.id not in ALONE:
                continue
            told, again = verdicts(policy, source, built), verdicts(policy, account, built)
            for name in told.keys() & again.keys():
                compared += 1
                if case.name in EXPLAINED:
                    continue
                if {"fail", "pass"} <= told[name] | again[name] and ("fail" in told[name]) != ("fail" in again[name]):
                    wrong.append(f"{case.name}: {policy.id} {name}: source {told[name]}, account {again[name]}")
    print(f"compared {compared} verdicts; not made: {dict(left.most_common())}")
    assert wrong == []
    assert compared > FEWEST
