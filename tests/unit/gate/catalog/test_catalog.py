"""The catalogue: every policy is whole, says why, and leads to controls that exist."""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.actions import actions_without_resource
from tapeproof.gate.catalogs.testing import try_policy
from tapeproof.gate.engine.examples import examples
from tapeproof.gate.engine.model import Verdict
from tapeproof.gate.engine.policy import CATALOG, Policy, catalog
from tapeproof.gate.facts import rows
from tapeproof.gate.frontends.hcl.reader import read
from tapeproof.gate.outputs.catalog_page import PAGE, render
from tests.places import SHARED

if TYPE_CHECKING:
    from pathlib import Path

POLICIES = catalog()
PROMISED = {
    f"TP_{area}_{number}"
    for area, count in {
        "IAM": 6, "LOG": 3, "DDB": 2, "DLQ": 3, "DST": 2, "NAM": 2, "VAL": 3, "RUN": 2,
        "REG": 1, "EVT": 1, "OBS": 1, "NET": 1, "DLV": 6, "SOD": 1,
    }.items()
    for number in range(1, count + 1)
}  # fmt: skip
FRAMEWORKS = {
    "aws-config", "aws-fsbp", "cis-aws-7.0", "dora", "iso-27001-2022", "nist-800-53-r5", "pci-dss-4.0.1", "soc2-tsc",
}  # fmt: skip
LONGEST_RULE = 80
NOTICED_AT_LEAST = 80
each_policy = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)


def test_every_promised_policy_is_there_and_no_other() -> None:
    assert {policy.id for policy in POLICIES} == PROMISED


@each_policy
def test_a_policy_has_examples_of_every_verdict(policy: Policy) -> None:
    kinds = {example.kind for example in examples(policy)}
    assert kinds == {"pass", "fail", "unknown"}


@each_policy
def test_a_policy_passes_the_test_that_others_policies_are_held_to(policy: Policy) -> None:
    trial = try_policy(policy)
    assert trial.wrong == ()
    assert len(trial.unnoticed) * 100 <= trial.mutants * (100 - NOTICED_AT_LEAST), trial.unnoticed


@each_policy
def test_a_rule_reads_no_source_and_knows_no_scanner(policy: Policy) -> None:
    tree = ast.parse((policy.folder / "rule.py").read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not [module for module in modules if re.match(r"hcl2|checkov|boto|policies\.frontends|os|pathlib", module)]


@each_policy
def test_a_rule_is_short(policy: Policy) -> None:
    lines = (policy.folder / "rule.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_RULE


@each_policy
def test_a_policy_explains_itself_in_sentences(policy: Policy) -> None:
    assert policy.title[0].isupper()
    assert not policy.title.endswith(".")
    assert policy.rationale.endswith(".")
    assert policy.remediation.text.endswith(".")


@each_policy
def test_what_it_tells_people_to_write_does_not_fail_it(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(policy.remediation.snippet + "\n", encoding="utf-8")
    stack = read(tmp_path)
    failed = [finding.message for finding in policy.judge(stack, policy.settings()) if finding.verdict is Verdict.FAIL]
    if policy.id == "TP_EVT_1":
        failed = [message for message in failed if "no target" not in message]  # the snippet shows a pattern only
    assert not failed


@each_policy
def test_controls_are_of_frameworks_that_the_reports_know(policy: Policy) -> None:
    assert {control.framework for control in policy.controls} <= FRAMEWORKS
    assert all(control.relation in {"supports", "supports-partially", "intersects"} for control in policy.controls)
    assert all(control.rationale for control in policy.controls)


@pytest.mark.shared
@each_policy
def test_nist_controls_are_in_the_catalogue_of_nist(policy: Policy) -> None:
    path = SHARED / "catalogs" / "nist-800-53-r5-baseline-controls.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    known = json.loads(path.read_text(encoding="utf-8"))["controls"]
    ids = [control.id for control in policy.controls if control.framework == "nist-800-53-r5"]
    assert not [name for name in ids if re.sub(r"\((\d+)\)", r".\1", name).lower() not in known]


def test_the_page_is_what_the_catalogue_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(POLICIES), "run: python -m tapeproof.gate.outputs.catalog_page"


def test_every_exception_for_wildcards_names_its_source() -> None:
    assert all(re.search(r"Guide|Reference", row["source"]) for row in rows("wildcard_arns"))


def test_no_action_that_names_resources_may_stand_beside_a_star() -> None:
    unscoped = actions_without_resource()
    named = {
        "dynamodb:PutItem",
        "s3:GetObject",
        "sqs:SendMessage",
        "lambda:InvokeFunction",
        "iam:PassRole",
        "kms:Decrypt",
    }
    assert not unscoped & named
    assert {"xray:PutTraceSegments", "cloudwatch:PutMetricData", "sts:GetCallerIdentity"} <= unscoped


def test_folders_are_named_after_their_policies() -> None:
    folders = {path.name for path in CATALOG.iterdir() if path.is_dir() and path.name != "facts"}
    assert folders == {policy.id.lower() for policy in POLICIES}
