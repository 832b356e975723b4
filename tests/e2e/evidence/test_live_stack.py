"""The live collectors on the applied stack: every policy that an account can show passes, and populations reconcile."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.writing import Bundle, write_bundle
from tapeproof.evidence.collectors.gate import GateCollector, judge_account
from tapeproof.evidence.collectors.live import AddressBook, live_collectors, open_account
from tapeproof.evidence.session import Request, run_collection
from tapeproof.local.terraform_run import CONFIGURATION, VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.local.lifecycle import LocalStack

pytestmark = pytest.mark.embedded_aws


@pytest.fixture(scope="module")
def bundle(applied_stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bundle]:
    applied_stack.prove_no_drift()
    applied_stack.show_state()
    workspace, server = applied_stack.workspace, applied_stack.require_running()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment().items():
            patch.setenv(name, value)
        account = open_account(region="us-east-1", endpoint=server.endpoint)
        book = AddressBook.read(workspace.state_document, workspace.plan_document)
        request = Request(
            output=tmp_path_factory.mktemp("evidence"),
            root=CONFIGURATION,
            var_files=[VARIABLES],
            plan=workspace.plan_document,
            state=workspace.state_document,
            suffix=applied_stack.suffix,
            live=[
                *live_collectors(account, book, applied_stack.suffix),
                GateCollector(
                    "live", (), judge=partial(judge_account, account=account, suffix=applied_stack.suffix), book=book
                ),
            ],
            simulated=account.simulated,
            identity=account.identity,
        )
        yield write_bundle(run_collection(request))


def test_every_service_answered(bundle: Bundle) -> None:
    failed = {item["id"]: item["failure"] for item in bundle.assessment["items"] if item["status"] != "collected"}
    assert failed.keys() == {"tests-junit"}


def test_source_plan_and_live_hold_the_same_resources(bundle: Bundle) -> None:
    populations = bundle.assessment["populations"]
    assert [pair["only_left"] + pair["only_right"] for pair in populations["differences"]] == [[], []]
    assert len(set(populations["stages"].values())) == 1


def test_what_an_account_can_show_passes_and_supports_no_claim_about_an_account(bundle: Bundle) -> None:
    live = {
        one["id"]: one
        for one in bundle.assessment["policies"]
        if "live" in one["stages"] and one["kind"] != "requirement"
    }
    statuses = {name: policy["stages"]["live"]["status"] for name, policy in live.items()}
    assert {name: status for name, status in statuses.items() if status != "pass"} == {}
    assert {policy["effects"]["implemented"] for policy in live.values()} == {"not-evaluated"}


def test_the_file_in_the_bundle_derives_the_same(bundle: Bundle) -> None:
    command = [sys.executable, "-I", str(bundle.folder / "verify.py"), str(bundle.zip)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    assert "SIMULATED" in done.stdout
