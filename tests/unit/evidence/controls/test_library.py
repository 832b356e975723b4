from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.controls import library as module
from tapeproof.evidence.controls.errors import ControlsError
from tapeproof.evidence.controls.library import CONFLICTS, load_library
from tapeproof.evidence.reports.oscal_parts import NIST, control_id
from tests.places import SHARED

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = SHARED / "catalogs" / "nist-800-53-r5-baseline-controls.json"


@pytest.mark.shared
def test_every_nist_control_exists_in_the_published_catalogue_under_its_title() -> None:
    if not CATALOGUE.is_file():
        pytest.skip(f"{CATALOGUE} is not there: the catalogue lies beside the project")
    known = json.loads(CATALOGUE.read_text())["controls"]
    ours = next(one for one in load_library().frameworks if one["id"] == NIST)["controls"]
    assert {control: title for control, title in ours.items() if known.get(control_id(control)) != title} == {}


def test_every_mapping_has_a_relation_a_rationale_and_a_source() -> None:
    library = load_library()
    sources = {framework["id"]: framework["source"] for framework in library.frameworks}
    assert all(sources.values())
    for mapping in library.mappings:
        assert mapping["rationale"].strip()
        assert mapping["confidence"] in {"published", "judgement"}
        assert mapping["framework"] in sources
        assert mapping["citation"].startswith(f"{sources[mapping['framework']]}: {mapping['control']}; ")


def test_every_control_of_a_framework_is_mapped_or_said_to_be_not_evaluated() -> None:
    library = load_library()
    mapped = {(one["framework"], one["control"]) for one in library.mappings}
    listed = {(one["id"], control) for one in library.frameworks for control in one["controls"]}
    assert listed == mapped


def test_each_recommendation_of_the_cis_benchmark_that_touches_the_stack_is_mapped() -> None:
    found = {one["control"]: one for one in load_library().mappings if one["framework"] == "cis-aws-7.0"}
    assert sorted(found) == ["2.14", "2.21", "4.6"]
    assert (found["2.21"]["policy"], found["2.21"]["relation"]) == ("TP_IAM_3", "supports-partially")


def test_what_the_brief_asks_for_against_a_framework_is_a_conflict() -> None:
    conflicts = {(one["framework"], one["control"]) for one in load_library().mappings if one["relation"] == CONFLICTS}
    assert conflicts == {("aws-fsbp", "DynamoDB.6")}


def test_clock_traceability_has_no_policy_and_is_not_evaluated() -> None:
    entries = [one for one in load_library().mappings if one["control"].startswith("RTS25")]
    assert entries
    assert {(one["policy"], one["relation"]) for one in entries} == {(None, "not-evaluated")}


@pytest.mark.parametrize(
    ("policy", "control"),
    [
        ("EV_AUD_1", "AU-9"),
        ("EV_AUD_1", "AU-10"),
        ("EV_AUD_1", "10.3.4"),
        ("EV_AUD_1", "17a-4(f)(2)(i)(A)"),
        ("TP_DDB_2", "3.5.1"),
        ("EV_TRC_1", "CA-7"),
        ("EV_POP_2", "CM-8"),
    ],
)
def test_what_only_detects_or_covers_a_part_does_not_claim_to_support_a_whole_control(
    policy: str, control: str
) -> None:
    found = [one for one in load_library().mappings if (one["policy"], one["control"]) == (policy, control)]
    assert {one["relation"] for one in found} <= {"supports-partially", "intersects"}
    assert {one["confidence"] for one in found} == {"judgement"}


def test_that_log_groups_hold_records_a_rule_names_is_our_judgement_and_not_claimed() -> None:
    found = [one for one in load_library().mappings if (one["policy"] or "").startswith("EV_RET")]
    legal = [one for one in found if one["framework"] != "aws-fsbp"]
    assert legal
    assert {(one["relation"], one["confidence"]) for one in legal} == {("supports-partially", "judgement")}


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (
            "mappings.yaml",
            "- {policy: EV_AUD_1, framework: nist-800-53-r5, control: ZZ-99, relation: supports, rationale: x}",
            "no such control",
        ),
        (
            "mappings.yaml",
            "- {policy: NO_1, framework: nist-800-53-r5, control: AU-9, relation: supports, rationale: x}",
            "there is no policy NO_1",
        ),
        (
            "mappings.yaml",
            "- {policy: EV_AUD_1, framework: nist-800-53-r5, control: AU-9, relation: proves, rationale: x}",
            "needs a known relation",
        ),
        (
            "criteria/live.yaml",
            "- {policy: NO_1, type: aws_x, text: x, test: {at: /a, is: present}}",
            "there is no policy NO_1",
        ),
        ("criteria/live.yaml", "- {policy: EV_KEY_1, type: aws_x, text: x, test: {at: /a, is: guessed}}", "guessed"),
        ("criteria/live.yaml", "- [", "cannot be read"),
    ],
)
def test_data_that_does_not_fit_together_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, problem: str
) -> None:
    shutil.copytree(module.FOLDER, tmp_path / "controls")
    (tmp_path / "controls" / name).write_text(text)
    monkeypatch.setattr(module, "FOLDER", tmp_path / "controls")
    with pytest.raises(ControlsError) as refused:
        load_library.__wrapped__()
    assert problem in refused.value.diagnostics()


NOT_IN_FSBP = {"CloudWatch.15", "CloudWatch.16", "CloudWatch.17", "KMS.4", "Lambda.3", "Lambda.7", "SNS.1"}


def test_controls_that_the_standards_own_page_does_not_list_say_so() -> None:
    hub = next(one for one in load_library().frameworks if one["id"] == "aws-fsbp")
    assert {name for name, title in hub["controls"].items() if title.endswith("; not in FSBP")} == NOT_IN_FSBP


def test_a_control_about_a_state_is_not_claimed_by_how_a_stack_is_written() -> None:
    mappings = {(one["policy"], one["control"]): one["relation"] for one in load_library().mappings}
    assert mappings[None, "KMS.3"] == "not-evaluated"
    assert mappings["TP_RUN_1", "Lambda.2"] == "intersects"
