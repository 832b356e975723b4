"""What an honest key signs can still mislead: a report must say what was weakened, left out, old, or an emulator's."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.verifier.reservations import spell_reservation
from tests.unit.evidence.resealing import record_again
from tests.unit.evidence.samples import NOW, Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


def _edit(folder: Path, path: str, change: Callable[[Any], object]) -> None:
    document = json.loads((folder / path).read_bytes())
    change(document)
    (folder / path).write_text(json.dumps(document))
    if "/raw/" in path:
        record_again(folder, path)


def _codes(bundle: Bundle) -> dict[str, dict[str, Any]]:
    return {one["code"]: one["details"] for one in bundle.assessment["reservations"]}


def _cover(bundle: Bundle) -> str:
    html = (bundle.folder / "reports/report.html").read_text()
    return html[: html.index("</header>")]


@pytest.mark.parametrize(
    "change",
    [
        lambda source: source.update(hosts=["localhost"]),
        lambda source: source.update(hosts=["dynamodb.us-east-1.amazonaws.com", "localhost.localstack.cloud"]),
        lambda source: source.update(hosts=["dynamodb.us-east-1.amazonaws.com.attacker.example"]),
        lambda source: source.update(account="000000000000"),
    ],
)
def test_an_emulator_is_known_by_the_address_that_answered_whatever_the_run_says(
    tmp_path: Path, key: Path, change: Callable[[Any], object]
) -> None:
    folder = Sample().write(tmp_path / "run")
    _edit(folder, "evidence/live-dynamodb/item.json", lambda item: change(item["source"]))
    bundle = write_bundle(folder, signer=KeyFileSigner(key))
    assert bundle.assessment["run"]["simulated"] is True
    assert "pass" not in {policy["effects"]["implemented"] for policy in bundle.assessment["policies"]}
    assert _codes(bundle)["SIMULATION_DENIED"] == {"items": ["live-dynamodb"]}
    outcome = verify_bundle(str(bundle.zip), Expectations(bundle.fingerprint))
    assert (outcome.word, outcome.exit_status) == ("UNMET", 4)
    assert "SIMULATED" in _cover(bundle)


def test_live_evidence_that_names_no_host_shows_no_account(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path / "run")
    for path in sorted(folder.glob("evidence/live-*/item.json")):
        name = path.relative_to(folder).as_posix()
        _edit(folder, name, lambda item: item["source"].pop("hosts"))
    effects = [policy["effects"] for policy in write_bundle(folder).assessment["policies"]]
    assert "pass" in {one["recorded"] for one in effects}
    assert "pass" not in {one["implemented"] for one in effects}


def test_two_accounts_in_one_run_contradict_each_other(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path / "run")
    _edit(folder, "evidence/live-sqs/item.json", lambda item: item["source"].update(account="444455556666"))
    assert _codes(write_bundle(folder))["ACCOUNTS_DIFFER"] == {"accounts": ["111122223333", "444455556666"]}


@pytest.mark.parametrize(
    ("policy", "name", "used", "weaker"),
    [
        ("TP_LOG_1", "minimum_days", 1, True),
        ("TP_LOG_1", "minimum_days", 400, False),
        ("TP_RUN_2", "maximum_timeout", 900, True),
        ("TP_RUN_1", "allowed_runtimes", ["python3.11", "nodejs18.x", "python3.8"], True),
        ("TP_RUN_1", "allowed_runtimes", ["python3.11"], False),
    ],
)
def test_a_parameter_that_the_project_changed_stands_on_the_cover(
    tmp_path: Path, policy: str, name: str, used: object, *, weaker: bool
) -> None:
    folder = Sample().write(tmp_path / "run")
    settings = {"policies": [{"id": policy, "parameters": {name: used}}]}
    _edit(folder, "evidence/source-gate/raw/summary.json", lambda summary: summary.update(settings))
    bundle = write_bundle(folder)
    found = _codes(bundle)["PARAMETER_CHANGED"]
    assert (found["policy"], found["name"], found["used"], bool(found["weaker"])) == (policy, name, used, weaker)
    assert f"{policy} was judged with {name}" in _cover(bundle)


@pytest.mark.parametrize(("used", "is_weaker"), [(1, True), (400, False)])
def test_a_parameter_for_some_paths_stands_on_the_cover_with_the_paths(
    tmp_path: Path, used: int, *, is_weaker: bool
) -> None:
    folder = Sample().write(tmp_path / "run")
    row = {
        "policy": "TP_LOG_1",
        "paths": ["legacy/*"],
        "reason": "old",
        "parameters": {"minimum_days": used},
        "usual": {},
    }
    _edit(folder, "evidence/source-gate/raw/summary.json", lambda summary: summary.update({"overrides": [row]}))
    bundle = write_bundle(folder)
    found = _codes(bundle)["PARAMETER_CHANGED_IN"]
    assert (found["paths"], found["used"], found["reason"], bool(found["weaker"])) == (
        ["legacy/*"],
        used,
        "old",
        is_weaker,
    )
    assert f"TP_LOG_1 was judged with minimum_days {used} in legacy/*" in _cover(bundle)


def test_a_policy_that_the_project_switched_off_stands_on_the_cover(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path / "run")
    row = {"policy": "TP_LOG_1", "paths": [], "reason": "not ours", "results": 3}
    _edit(folder, "evidence/source-gate/raw/summary.json", lambda summary: summary.update({"not_asked": [row]}))
    bundle = write_bundle(folder)
    assert _codes(bundle)["NOT_ASKED"]["policy"] == "TP_LOG_1"
    assert "TP_LOG_1 was not asked in the whole project (verdicts left out: 3); given reason: not ours" in _cover(
        bundle
    )


def test_an_environment_whose_file_was_not_judged_stands_on_the_cover(tmp_path: Path) -> None:
    sample = Sample()
    sample.sources = {**sample.sources, "stack/prod.tfvars": b"x = 1\n", "stack/dev.tfvars": b"x = 2\n"}
    sample.sources["stack/terraform.tfvars"] = b"x = 3\n"
    folder = sample.write(tmp_path / "run")
    command = ["tapeproof", "gate", "check", "stack", "--var-file", "stack/dev.tfvars", "--format", "json"]
    change = {"kind": "command", "command": command}
    _edit(folder, "evidence/source-gate/item.json", lambda item: item.update(source=change))
    bundle = write_bundle(folder)
    assert _codes(bundle)["UNJUDGED_VAR_FILE"] == {"path": "stack/prod.tfvars"}
    assert "stack/prod.tfvars" in _cover(bundle)
    assert bundle.assessment["scope"]["var_files"] == ["stack/dev.tfvars"]


def test_a_file_left_out_of_the_evidence_is_still_in_the_trees_of_the_commit(tmp_path: Path) -> None:
    sample = Sample()
    sample.sources = {**sample.sources, "stack/prod.tfvars": b"x = 1\n"}
    folder = sample.write(tmp_path / "run")
    item, files = folder / "evidence/source-files/item.json", folder / "evidence/source-files/raw/files.jsonl"
    kept = [line for line in files.read_text().splitlines() if "prod.tfvars" not in line]
    files.write_text("\n".join(kept) + "\n")
    (folder / "evidence/source-files/raw/files/stack/prod.tfvars").unlink()
    document = json.loads(item.read_bytes())
    document["raw"] = [one for one in document["raw"] if "prod.tfvars" not in one["path"]]
    item.write_text(json.dumps(document))
    record_again(folder, "evidence/source-files/raw/files.jsonl")
    assert _codes(write_bundle(folder))["UNJUDGED_VAR_FILE"] == {"path": "stack/prod.tfvars"}


@pytest.mark.parametrize(
    ("planned", "code"),
    [
        ("2025-11-23T09:30:00Z", "OLD_PLAN"),
        ("2026-11-15T09:30:00Z", "OLD_PLAN"),
        ("2025-11-23T09:30:00Z", "PLAN_BEFORE_COMMIT"),
        (None, "UNDATED_PLAN"),
        ("2026-11-23T09:00:00Z", ""),
    ],
)
def test_an_old_plan_stands_on_the_cover(tmp_path: Path, planned: str | None, code: str) -> None:
    sample = Sample()
    sample.planned = planned
    codes = _codes(sample.bundle(tmp_path / "run"))
    assert code in codes if code else not {"OLD_PLAN", "UNDATED_PLAN", "PLAN_BEFORE_COMMIT"} & codes.keys()


def test_a_run_before_its_own_commit_is_a_finding(tmp_path: Path, key: Path) -> None:
    sample = Sample()
    sample.as_of = NOW.replace(year=2025)
    bundle = sample.bundle(tmp_path / "run", key=key)
    assert _codes(bundle)["BEFORE_COMMIT"]["as_of"] == "2025-11-23T09:30:00Z"
    outcome = verify_bundle(str(bundle.zip), Expectations(bundle.fingerprint))
    assert {one.code for one in outcome.unmet} >= {"BEFORE_COMMIT"}
    assert outcome.exit_status == 4


def test_answers_that_aws_dated_otherwise_are_a_finding(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path / "run")
    answered = {"from": "2026-11-23T10:30:00Z", "to": "2026-11-23T10:30:00Z"}
    _edit(folder, "evidence/live-sqs/item.json", lambda item: item["source"].update(answered=answered))
    assert _codes(write_bundle(folder))["CLOCK_DISAGREES"]["item"] == "live-sqs"


def _chain(folder: Path, days: list[float], cadence: int, period_from: str) -> list[Bundle]:
    bundles: list[Bundle] = []
    for number, day in enumerate(days):
        sample = Sample()
        sample.as_of, sample.cadence_days, sample.period_from = NOW + timedelta(days=day), cadence, period_from
        run = sample.write(folder / f"run{number}")
        write_previous(run, bundles[-1].zip if bundles else None)
        bundles.append(write_bundle(run))
    return bundles


@pytest.mark.parametrize(
    ("days", "cadence", "period_from", "operating"),
    [
        ([0, 7, 14], 7, "2026-11-20", True),
        ([0, 1 / 1440], 7, "2026-11-20", False),
        ([0, 1 / 1440, 2 / 1440], 7, "2026-11-20", False),
        ([0, 7, 14], 0, "2026-11-20", False),
        ([0, 7, 21], 7, "2026-11-20", False),
        ([0, 7, 14], 7, "2026-10-01", False),
    ],
    ids=["in time", "a minute apart", "two minutes", "no cadence", "a week missed", "begins late"],
)
def test_operating_needs_a_stated_cadence_that_was_kept(
    tmp_path: Path, days: list[float], cadence: int, period_from: str, *, operating: bool
) -> None:
    last = _chain(tmp_path, days, cadence, period_from)[-1]
    held = {policy["effects"]["operating"] for policy in last.assessment["policies"]}
    assert ("pass" in held) is operating


def test_every_reservation_is_a_sentence_made_from_its_details() -> None:
    one = {"code": "OLD_PLAN", "details": {"planned": "2025-01-01T00:00:00Z", "days": 300}}
    assert spell_reservation(one) == "the plan was made 2025-01-01T00:00:00Z, 300 days before the run"
