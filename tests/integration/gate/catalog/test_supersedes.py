"""A policy makes a check of checkov superfluous only where it finds what that check finds, resource by resource."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tapeproof.gate.engine.examples import examples
from tapeproof.gate.engine.policy import catalog

from .test_checkov import CHECKOV, gate

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.skipif(not CHECKOV.exists(), reason="checkov's environment is not here; run: make setup")

OWNERS = {check: policy.id for policy in catalog() for check in policy.supersedes}
INPUTS = Path(__file__).with_name("superseded")
"""A folder of inputs for each check, named as the check, and one for several."""
FEWEST = 6
"""So many inputs at least, on which a check fails and its policy does not pass, prove a claim."""

_FIXED = "a condition that fixes a network, organisation or account makes * narrow"
_NO_KEY = "it identifies somebody, and lets nobody in"
_ALL_ALARMS = "CloudWatch API Reference, DescribeAlarms: composite alarms are only told to whom it is allowed on *"
NARROWER = {
    ("CKV_AWS_41", "aws.example"): "the key of AWS's own pages",
    ("CKV_AWS_41", "aws.zeros"): "zeros are no key",
    ("CKV_AWS_41", "aws.local"): "told where the key is written, in the local",
    ("CKV_AWS_45", "aws_lambda_function.account"): "the number of an account is TP_VAL_1's",
    ("CKV_AWS_45", "aws_lambda_function.account2"): "as above",
    ("CKV_AWS_45", "aws_lambda_function.b64"): "text that is encoded",
    ("CKV_AWS_45", "aws_lambda_function.example"): "the key of AWS's own pages",
    ("CKV_AWS_45", "aws_lambda_function.forty"): "the alphabet is no key",
    ("CKV_AWS_45", "aws_lambda_function.git"): "the hash of a commit",
    ("CKV_AWS_45", "aws_lambda_function.integrity"): "a digest, and says so",
    ("CKV_AWS_45", "aws_lambda_function.policyid"): _NO_KEY,
    ("CKV_AWS_45", "aws_lambda_function.role"): _NO_KEY,
    ("CKV_AWS_45", "aws_lambda_function.user"): _NO_KEY,
    ("CKV_AWS_60", "aws_iam_role.organisation"): _FIXED,
    ("CKV_AWS_60", "aws_iam_role.tag_only"): "sts:TagSession alone gives nobody the role",
    ("CKV_AWS_70", "aws_s3_bucket_policy.org_id_path"): _FIXED,
    ("CKV_AWS_70", "aws_s3_bucket_policy.source_account"): _FIXED,
    ("CKV_AWS_70", "aws_s3_bucket_policy.source_ip"): _FIXED,
    ("CKV_AWS_72", "aws_sqs_queue_policy.deny"): "a Deny takes away",
    (
        "CKV_AWS_116",
        "aws_lambda_function.destination",
    ): "an on-failure destination keeps what a dead-letter queue would",
    ("CKV_AWS_116", "aws_lambda_function.polls"): "the queue that it polls keeps what it fails on",
    ("CKV_AWS_301", "aws_lambda_permission.account"): _FIXED,
    ("CKV_AWS_301", "aws_lambda_permission.arn"): "the source is named",
    ("CKV_AWS_301", "aws_lambda_permission.arn_of_queue"): "the source is named",
    ("CKV_AWS_301", "aws_lambda_permission.organisation"): _FIXED,
    ("CKV_AWS_33", "aws_kms_key.denied_again"): "a Deny takes it away from everyone outside the organisation",
    ("CKV_AWS_355", "aws_iam_policy.cloudwatch_describealarms"): _ALL_ALARMS,
    ("CKV_AWS_356", "aws_iam_policy_document.cloudwatch_describealarms"): _ALL_ALARMS,
    ("CKV_AWS_356", "aws_iam_policy_document.key"): "* in the policy of a key is that key",
    ("CKV_AWS_356", "aws_iam_policy_document.denied_by_source"): "* in a policy of a resource is that resource",
    ("CKV_AWS_364", "aws_lambda_permission.token_amazonaws"): "whoever invokes it must know the token",
}
"""What a check takes for wrong and is not, or is told elsewhere, by check and resource; all else must be found."""


class Told(NamedTuple):
    """A check that fails a resource of a root, and whether its policy passes that resource."""

    check: str
    root: str
    resource: str
    passed: bool


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the inputs of each check, and the examples of policies that claim something."""
    folder = tmp_path_factory.mktemp("shared")
    for case in INPUTS.iterdir():
        shutil.copytree(case, folder / case.name)
    for policy in catalog():
        for example in examples(policy) if policy.id in OWNERS.values() else ():
            if example.kind == "fail" and not example.root.is_dir():
                root = folder / re.sub(r"\W", "_", f"{policy.id}_{example.name}")
                root.mkdir()
                shutil.copy(example.root, root / "main.tf.json" if example.root.suffix == ".json" else root)
    return folder


@pytest.fixture(scope="module")
def told(inputs: Path) -> list[Told]:
    """Return what checkov's own checks find, and what the policies say of it."""
    stopped = [result for result in gate(inputs) if result["verdict"] in {"fail", "unknown"}]
    return [
        Told(record["check_id"], _root(record), record["resource"], not any(_is_same(record, one) for one in stopped))
        for record in _ask_peer(inputs)
    ]


def _ask_peer(folder: Path) -> list[dict[str, Any]]:
    command = [str(CHECKOV), "-d", ".", "--skip-download", "-o", "json", "--framework", "terraform"]
    command += ["--check", ",".join(OWNERS)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=250)
    found: list[dict[str, Any]] = json.loads(done.stdout)["results"]["failed_checks"]
    return found


def _root(record: dict[str, Any]) -> str:
    return str(record["file_path"]).strip("/").split("/")[0]


def _is_same(record: dict[str, Any], result: dict[str, Any]) -> bool:
    """Return whether the check's policy stops at the record's resource: its address, or a place within it."""
    if (result["policy"], result["root"]) != (OWNERS[record["check_id"]], _root(record)):
        return False
    first, last = record["file_line_range"]
    within = str(result["file"]) == record["file_path"].strip("/") and first <= (result["line"] or 0) <= last
    return within or _plain(result["resource"]) == _plain(record["resource"])


def _plain(address: str) -> str:
    """Return an address as both tools have it: without keys of instances, and without ``data``."""
    return re.sub(r"\[[^]]*\]", "", address).removeprefix("data.")


def _claims() -> Iterable[str]:
    return sorted(OWNERS)


def test_only_checks_whose_peer_is_run_here_are_claimed() -> None:
    assert [check for check in _claims() if not re.fullmatch(r"CKV2?_AWS_\d+", check)] == []
    assert {folder.name for folder in INPUTS.iterdir()} - {"several"} == set(_claims())


@pytest.mark.parametrize("check", _claims())
def test_a_claim_is_proved_by_inputs_on_which_the_peer_fails(check: str, told: list[Told]) -> None:
    proved = {(one.root, one.resource) for one in told if one.check == check and not one.passed}
    assert len({resource for root, resource in proved if root == check}) >= FEWEST


def test_where_the_peer_fails_the_policy_does_not_pass_but_for_what_is_listed(told: list[Told]) -> None:
    passed = Counter((one.check, _plain(one.resource)) for one in told if one.passed)
    assert set(passed) == set(NARROWER)
