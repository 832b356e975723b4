"""A failure anywhere shows everywhere: in the assessment, in every report and in what verify.py derives."""

from __future__ import annotations

import csv
import json
import re
import shutil
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tapeproof.evidence.collectors.gate import run_gate
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.verifier.rows import rows_of
from tapeproof.gate.engine.policy import catalog
from tests.unit.evidence.samples import Sample
from tests.unit.evidence.verifier.test_criteria import BREAKS, with_value

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from tapeproof.evidence.bundle.writing import Bundle

POLICIES = [policy.id for policy in catalog()]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Bundle:
    """A bundle of the gate's real verdicts on an example that breaks each policy."""
    place = tmp_path_factory.mktemp("roots")
    roots = [_root(policy, place) for policy in catalog()]
    report = run_gate(place, [root.name for root in roots])
    sample = Sample()
    wanted = {policy.folder.name: policy.id for policy in catalog()}
    failing = [one for one in report["results"] if one["policy"] == wanted[one["root"]] and one["verdict"] == "fail"]
    sample.gate = [one for one in sample.gate if one["policy"] not in {result["policy"] for result in failing}]
    sample.gate += failing
    return sample.bundle(tmp_path_factory.mktemp("broken") / "run", key=key)


def _root(policy: Any, place: Path) -> Path:  # noqa: ANN401 - a policy of the catalogue
    """Copy the first example that the policy's own folder says must fail."""
    target = place / policy.folder.name
    example = min((policy.folder / "examples" / "fail").iterdir())
    if example.is_dir():
        shutil.copytree(example, target)
    else:
        target.mkdir()
        shutil.copy(example, target)
    return target


@pytest.mark.parametrize("policy", POLICIES)
def test_a_stack_that_breaks_a_policy_is_reported_as_failing_everywhere(shown: Shown, policy: str) -> None:
    _assert_shown(shown, policy, "source", "design")


@pytest.fixture(scope="module")
def broken_live(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Bundle:
    """A bundle of an account in which every resource breaks every criterion on it."""
    sample = Sample()
    for found in sample.live.values():
        for address, value in found.items():
            changed = value
            for (stage, _, kind), changes in BREAKS.items():
                if stage == "live" and kind == address.split(".")[0]:
                    changed = with_value(changed, *changes[0])
            found[address] = {**changed, "Region": "eu-west-1"}
    return sample.bundle(tmp_path_factory.mktemp("broken") / "run", key=key)


@pytest.mark.parametrize("policy", load_library().judged_at("live"))
def test_an_account_that_breaks_a_policy_is_reported_as_failing_everywhere(shown_live: Shown, policy: str) -> None:
    _assert_shown(shown_live, policy, "live", "implemented")


class Shown:
    """What every report of a bundle says, read once."""

    def __init__(self, verify_py: ModuleType, bundle: Bundle) -> None:
        reports = bundle.folder / "reports"
        outcome = verify_py.verify_bundle(str(bundle.folder), verify_py.Expectations(bundle.fingerprint))
        assert outcome.findings == []
        self.policies = {one["id"]: one for one in outcome.assessment["policies"]}
        self.html = (reports / "report.html").read_text(encoding="utf-8")
        with (reports / "matrix.csv").open(newline="", encoding="utf-8") as file:
            self.lines = {(one["policy"], one["stage"], one["verdict"]) for one in csv.DictReader(file)}
        sarif = json.loads((reports / "results.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
        self.alerts = {
            (one["ruleId"], one["properties"]["stage"])
            for one in sarif
            if one["kind"] == "fail" and one["level"] != "none" and one["suppressions"] == []
        }
        cases = ET.parse(reports / "results.junit.xml").getroot().iter("testcase")
        self.failures = {case.get("classname") for case in cases if case.find("failure") is not None}
        oscal = json.loads((reports / "oscal-assessment-results.json").read_text(encoding="utf-8"))
        self.oscal = oscal["assessment-results"]["results"][0]


@pytest.fixture(scope="module")
def shown(verify_py: ModuleType, broken: Bundle) -> Shown:
    return Shown(verify_py, broken)


@pytest.fixture(scope="module")
def shown_live(verify_py: ModuleType, broken_live: Bundle) -> Shown:
    return Shown(verify_py, broken_live)


def _assert_shown(shown: Shown, policy: str, stage: str, effect: str) -> None:
    derived = shown.policies[policy]
    assert (derived["stages"][stage]["status"], derived["effects"][effect]) == ("fail", "fail")
    sheet = re.search(rf'<article class="sheet" id="sheet-{policy}".*?</article>', shown.html, re.DOTALL)
    assert sheet is not None
    assert '<span class="s fail">' in sheet[0]
    assert f"#sheet-{policy}" in shown.html[shown.html.index('id="attention"') : shown.html.index('id="scope"')]
    assert (policy, stage, "fail") in shown.lines
    assert (policy, stage) in shown.alerts
    assert f"{stage}.{policy}" in shown.failures
    observation = next(one for one in shown.oscal["observations"] if one["title"].startswith(f"{policy} at {stage}:"))
    assert "fail" in {prop["value"] for subject in observation["subjects"] for prop in subject["props"]}
    link = {"observation-uuid": observation["uuid"]}
    related = [one for one in shown.oscal["findings"] if link in one.get("related-observations", [])]
    assert all(one["target"]["status"]["state"] == "not-satisfied" for one in related)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("pass", "DISABLED", "unknown"),
        ("fail", "ENABLED", "unknown"),
        ("pass", "ENABLED", "pass"),
        ("fail", "DISABLED", "fail"),
    ],
)
def test_two_judges_who_disagree_leave_it_unknown(tmp_path: Path, left: str, right: str, verdict: str) -> None:
    sample = Sample()
    sample.plan["aws_dynamodb_table.market"]["point_in_time_recovery"] = [{"enabled": right == "ENABLED"}]
    for one in sample.plan_gate:
        if (one["policy"], one["resource"]) == ("TP_DDB_1", "aws_dynamodb_table.market"):
            one["verdict"] = left
    bundle = sample.bundle(tmp_path / "run")
    lines = (bundle.folder / "results.jsonl").read_bytes().splitlines()
    rows = [row for line in lines for row in rows_of(json.loads(line))]
    row = next(
        one
        for one in rows
        if (one["stage"], one["policy"], one["resource"]) == ("plan", "TP_DDB_1", "aws_dynamodb_table.market")
    )
    assert (row["verdict"], row["judges"]) == (verdict, ["criterion", "gate"])


@pytest.mark.parametrize("service", ["dynamodb", "lambda", "iam", "logs"])
def test_a_service_that_did_not_answer_is_not_evaluated_and_the_others_work_is_kept(
    tmp_path: Path, service: str
) -> None:
    sample = Sample()
    sample.failing = {service}
    bundle = sample.bundle(tmp_path / "run")
    types = {address.split(".")[0] for address in sample.live[service]}
    affected = set(load_library().judged_at("live", types))
    for policy in bundle.assessment["policies"]:
        status = policy["stages"].get("live", {}).get("status")
        if policy["id"] in affected:
            assert status in {"not-evaluated", "fail"}, policy["id"]
    others = {
        policy["id"]: policy["stages"]["live"]["status"]
        for policy in bundle.assessment["policies"]
        if "live" in policy["stages"]
    }
    assert "pass" in others.values()
    assert others["EV_POP_2"] == "not-evaluated"
    html = (bundle.folder / "reports/report.html").read_text(encoding="utf-8")
    assert "AccessDenied" in html


def test_a_file_that_the_gate_could_not_read_is_never_a_pass(tmp_path: Path) -> None:
    sample = Sample()
    sample.files = {"on_disk": 3, "read": 2}
    bundle = sample.bundle(tmp_path / "run")
    statuses = {
        policy["id"]: policy["stages"]["source"]["status"]
        for policy in bundle.assessment["policies"]
        if "source" in policy["stages"]
    }
    assert statuses.pop("TP_GATE") == "unknown"
    assert statuses.pop("EV_SRC_1") == "pass"
    assert set(statuses.values()) == {"not-evaluated"}


def test_a_resource_that_only_one_stage_sees_is_named(tmp_path: Path) -> None:
    sample = Sample()
    sample.live["sqs"]["live:aws_sqs_queue:queue-stranger-dev"] = sample.live["sqs"]["aws_sqs_queue.buffer"]
    del sample.live["dynamodb"]["aws_dynamodb_table.market"]
    bundle = sample.bundle(tmp_path / "run")
    difference = next(one for one in bundle.assessment["populations"]["differences"] if one["right"] == "live")
    assert difference["only_right"] == ["live:aws_sqs_queue:queue-stranger-dev"]
    assert difference["only_left"] == ["aws_dynamodb_table.market"]
    status = {policy["id"]: policy["effects"]["implemented"] for policy in bundle.assessment["policies"]}
    assert status["EV_POP_2"] == "fail"


def test_an_emulator_supports_nothing_about_an_account(tmp_path: Path) -> None:
    sample = Sample()
    sample.simulated = True
    bundle = sample.bundle(tmp_path / "run")
    effects = [policy["effects"] for policy in bundle.assessment["policies"]]
    assert {one["implemented"] for one in effects} <= {"not-evaluated", "not-applicable"}
    assert {one["operating"] for one in effects} <= {"not-evaluated", "not-applicable"}
    assert "pass" in {one["simulated"] for one in effects}
    html = (bundle.folder / "reports/report.html").read_text(encoding="utf-8")
    assert html.count("SIMULATED") > 3
    assert '<p class="banner" role="note">SIMULATED' in html
    assert '<p class="banner" role="note">UNSIGNED' in html
