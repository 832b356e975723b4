"""A policy makes a check of checkov superfluous only where it finds what that check finds, on the same inputs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.examples import examples
from tapeproof.gate.engine.policy import catalog

from .test_checkov import CHECKOV, gate

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.skipif(not CHECKOV.exists(), reason="checkov's environment is not here; run: make setup")

OWNERS = {
    check: policy.id for policy in catalog() for check in policy.supersedes if check.startswith(("CKV_AWS", "CKV2_AWS"))
}
ELSEWHERE = {"TP_VAL_2": "held against detect-secrets, which knows more forms than checkov does"}
"""Policies whose claims are proved by tests of their own."""
EXPLAINED = {
    "CKV_AWS_116": "functions whose callers wait need no dead-letter queue, and an on-failure destination is one",
    "CKV_AWS_70": "a condition that fixes a network, organisation or account makes * narrow",
    "CKV_AWS_301": "as above",
    "CKV2_AWS_6": "an account-wide block is a public access block of every bucket",
}
"""Checks that find more than is wrong, and what they take for wrong."""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the examples of policies that claim something, with what checkov finds besides."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copytree(Path(__file__).with_name("superseded"), folder / "superseded")
    for policy in catalog():
        for example in examples(policy) if policy.id in OWNERS.values() else ():
            if example.kind == "fail" and not example.root.is_dir():
                root = folder / re.sub(r"\W", "_", f"{policy.id}_{example.name}")
                root.mkdir()
                shutil.copy(example.root, root / "main.tf.json" if example.root.suffix == ".json" else root)
    return folder


@pytest.fixture(scope="module")
def peer(inputs: Path) -> list[dict[str, Any]]:
    """Return what checkov's own checks find."""
    command = [str(CHECKOV), "-d", ".", "--skip-download", "-o", "json", "--framework", "terraform"]
    command += ["--check", ",".join(OWNERS)]
    done = subprocess.run(command, cwd=inputs, capture_output=True, text=True, check=False, timeout=250)
    found: list[dict[str, Any]] = json.loads(done.stdout)["results"]["failed_checks"]
    return found


@pytest.fixture(scope="module")
def stopped(inputs: Path) -> set[tuple[str, str]]:
    """Return the roots and policies with a finding."""
    return {(result["root"], result["policy"]) for result in gate(inputs) if result["verdict"] in {"fail", "unknown"}}


def claims() -> Iterable[tuple[str, str]]:
    return ((check, policy) for check, policy in sorted(OWNERS.items()) if policy not in ELSEWHERE)


def test_each_claim_is_proved_by_an_input_on_which_the_peer_fails(
    peer: list[dict[str, Any]], stopped: set[tuple[str, str]]
) -> None:
    proved = {
        record["check_id"]
        for record in peer
        if (record["file_path"].split("/")[1], OWNERS[record["check_id"]]) in stopped
    }
    assert {check for check, _ in claims()} - proved == set()


def test_where_the_peer_fails_the_policy_does_not_pass(
    peer: list[dict[str, Any]], stopped: set[tuple[str, str]]
) -> None:
    missed = {
        (record["check_id"], record["file_path"].split("/")[1], record["resource"])
        for record in peer
        if record["check_id"] not in EXPLAINED
        and OWNERS[record["check_id"]] not in ELSEWHERE
        and (record["file_path"].split("/")[1], OWNERS[record["check_id"]]) not in stopped
    }
    assert missed == set()
