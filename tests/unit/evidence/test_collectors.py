from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collectors import gate
from tapeproof.evidence.collectors.live.address_book import AddressBook
from tapeproof.evidence.collectors.plan import read_terraform_json
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.provenance import Clock, clock_of
from tapeproof.evidence.session import Request, run_collection
from tapeproof.evidence.verifier.population import Populations, type_of
from tests.unit.evidence.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path

PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.11.4",
    "timestamp": "2026-11-23T09:00:00Z",
    "errored": False,
    "variables": {"token": {"value": "s3cr3t-value"}},
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_dynamodb_table.market",
                    "mode": "managed",
                    "type": "aws_dynamodb_table",
                    "values": {
                        "name": "table-market-dev",
                        "point_in_time_recovery": [{"enabled": True}],
                        "hidden": "x",
                    },
                    "sensitive_values": {"hidden": True},
                },
                {"address": "data.aws_region.x", "mode": "data", "type": "aws_region", "values": {}},
            ],
            "child_modules": [
                {
                    "resources": [
                        {
                            "address": 'module.processor["trade"].aws_cloudwatch_log_group.this',
                            "mode": "managed",
                            "type": "aws_cloudwatch_log_group",
                            "values": {"name": "/aws/lambda/lambda-trade-dev", "retention_in_days": 7},
                        }
                    ]
                }
            ],
        }
    },
    "resource_changes": [
        {
            "address": "aws_dynamodb_table.market",
            "change": {
                "actions": ["create"],
                "after_unknown": {"arn": True, "server_side_encryption": [{"kms_key_arn": True}]},
            },
        }
    ],
}


def _report(results: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "results": results or [],
        "policies": [{"id": "TP_DDB_1"}],
        "files": {"on_disk": 1, "read": 1},
        "waivers": [
            {"policy": "TP_DDB_1", "reason": "r", "owner": "o", "expires": "2027-01-01", "file": "a.tf", "line": 3}
        ],
        "problems": [],
        "exit_status": 0,
        "command": ["tapeproof", "gate", "check", "stack", "--format", "json"],
    }


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one committed root module, and a gate that answers at once."""
    folder = tmp_path / "project" / "stack"
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text('resource "aws_dynamodb_table" "market" {}\n')
    project = folder.parent
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        identity = ["-c", "user.name=A. Author", "-c", "user.email=author@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *command], cwd=project, check=True, capture_output=True)
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: _report())
    monkeypatch.chdir(project)
    return folder


def _collect(root: Path, tmp_path: Path, **changes: Any) -> Path:  # noqa: ANN401 - a request's fields
    (tmp_path / "risks.yaml").touch()
    request = Request(output=tmp_path / "out", root=root, risks=tmp_path / "risks.yaml", **changes)
    return run_collection(request, clock=Clock(lambda: NOW))


def _item(folder: Path, name: str) -> dict[str, Any]:
    item: dict[str, Any] = json.loads((folder / "evidence" / name / "item.json").read_bytes())
    return item


def test_sources_are_tied_to_the_commit_by_gits_own_objects(root: Path, tmp_path: Path) -> None:
    folder = _collect(root, tmp_path)
    assessment = write_bundle(folder).assessment
    status = next(policy for policy in assessment["policies"] if policy["id"] == "EV_SRC_1")
    assert status["stages"]["source"]["counts"]["pass"] == 1
    assert assessment["run"]["commit"] == _item(folder, "source-files")["commit"]
    assert assessment["run"]["dirty"] is False


@pytest.mark.parametrize("change", ["edited", "added"])
def test_a_change_after_the_commit_fails_and_is_said_on_the_cover(root: Path, tmp_path: Path, change: str) -> None:
    (root / ("main.tf" if change == "edited" else "more.tf")).write_text("locals {}\n")
    folder = _collect(root, tmp_path)
    bundle = write_bundle(folder)
    status = next(policy for policy in bundle.assessment["policies"] if policy["id"] == "EV_SRC_1")
    assert status["stages"]["source"]["counts"]["fail"] == 1
    assert "not committed" in (bundle.folder / "reports/report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("judged", "left_out"), [(["dev", "prod"], []), (["dev"], ["prod"]), ([], ["dev", "prod"])])
def test_variable_files_that_the_projects_settings_name_were_judged_and_others_were_not(
    judged: list[str], left_out: list[str], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("dev", "prod"):
        (root / f"{name}.tfvars").write_text("a = 1\n")
    subprocess.run(["git", "add", "."], cwd=root, check=True, capture_output=True)
    author = ["-c", "user.name=A. Author", "-c", "user.email=author@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *author, "commit", "-q", "-m", "environments"], cwd=root, check=True, capture_output=True)
    environments = [{"root": "stack", "var_files": [[f"stack/{name}.tfvars"] for name in judged]}]
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: {**_report(), "environments": environments})
    assessment = write_bundle(_collect(root, tmp_path)).assessment
    told = [one["details"]["path"] for one in assessment["reservations"] if one["code"] == "UNJUDGED_VAR_FILE"]
    assert [path.rpartition("/")[2] for path in told] == [f"{name}.tfvars" for name in left_out]


def test_a_plan_is_collected_with_unknown_values_marked_and_sensitive_ones_taken_out(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(PLAN))
    folder = _collect(root, tmp_path, plan=tmp_path / "plan.json")
    lines = (folder / "evidence/plan-resources/raw/resources.jsonl").read_text().splitlines()
    table, group = (json.loads(line) for line in lines)
    assert table["value"]["arn"] == {"$unknown": True}
    assert table["value"]["server_side_encryption"] == [{"kms_key_arn": {"$unknown": True}}]
    assert table["value"]["hidden"] == "[REDACTED: sensitive in Terraform]"
    assert group["resource"] == 'module.processor["trade"].aws_cloudwatch_log_group.this'
    item = _item(folder, "plan-resources")
    assert (item["population"]["count"], item["as_of"]) == (2, "2026-11-23T09:00:00Z")
    assert not [path for path in folder.rglob("*") if path.is_file() and b"s3cr3t" in path.read_bytes()]


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"format_version":"1.2"}'])
def test_a_plan_that_is_none_leaves_the_plan_not_evaluated_and_the_rest_as_it_is(
    root: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "plan.json").write_text(text)
    folder = _collect(root, tmp_path, plan=tmp_path / "plan.json")
    assert _item(folder, "plan-resources")["status"] == "failed"
    assessment = write_bundle(folder).assessment
    statuses = {policy["id"]: policy["stages"].get("plan", {}).get("status") for policy in assessment["policies"]}
    assert statuses["EV_KEY_1"] == "not-evaluated"
    assert _item(folder, "source-gate")["status"] == "collected"


def test_a_gate_that_does_not_run_is_said_and_nothing_passes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> dict[str, Any]:
        raise CollectionError("the gate printed no report", why="ImportError")

    monkeypatch.setattr(gate, "run_gate", broken)
    assessment = write_bundle(_collect(root, tmp_path)).assessment
    statuses = {policy["stages"]["source"]["status"] for policy in assessment["policies"] if policy["kind"] == "policy"}
    assert statuses == {"not-evaluated"}


def test_a_policy_that_the_gate_did_not_load_is_not_evaluated(root: Path, tmp_path: Path) -> None:
    assessment = write_bundle(_collect(root, tmp_path)).assessment
    statuses = {
        policy["id"]: policy["stages"]["source"]["status"]
        for policy in assessment["policies"]
        if policy["kind"] == "policy"
    }
    assert statuses.pop("TP_DDB_1") == "not-applicable"
    assert set(statuses.values()) == {"not-evaluated"}


def test_a_commit_whose_message_holds_a_secret_is_left_out_and_then_shows_nothing(root: Path, tmp_path: Path) -> None:
    secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    identity = ["-c", "user.name=A. Author", "-c", "user.email=author@example.com", "-c", "commit.gpgsign=false"]
    amend = ["git", *identity, "commit", "-q", "--amend", "-m", f"push with {secret}"]
    subprocess.run(amend, cwd=root, check=True, capture_output=True)
    folder = _collect(root, tmp_path)
    bundle = write_bundle(folder)
    files = [path for path in bundle.folder.rglob("*") if path.is_file()]
    assert [path for path in files if secret.encode() in path.read_bytes()] == []
    source = next(one for one in bundle.assessment["policies"] if one["id"] == "EV_SRC_1")["stages"]["source"]
    assert source["status"] == "unknown"
    item = json.loads((bundle.folder / "evidence/source-files/item.json").read_bytes())
    assert "message" in item["incomplete"]
    assert [one["kind"] for one in item["redactions"]] == ["access token"]


def test_files_below_the_working_directory_are_named_from_there_and_others_as_they_were_given(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(gate, "run_gate", lambda _, arguments, __: asked.append(list(arguments)) or _report())
    for path in (root / "dev.tfvars", tmp_path / "other.tfvars"):
        path.touch()
    _collect(root, tmp_path, var_files=[root / "dev.tfvars", tmp_path / "other.tfvars"])
    assert asked == [["stack", "--var-file", "stack/dev.tfvars", "--var-file", str(tmp_path / "other.tfvars")]]


def test_waivers_of_the_gate_become_exceptions(root: Path, tmp_path: Path) -> None:
    exceptions = write_bundle(_collect(root, tmp_path)).assessment["exceptions"]
    assert [(one["kind"], one["policy"], one["state"]) for one in exceptions] == [("waiver", "TP_DDB_1", "in force")]


def test_a_folder_outside_any_repository_is_collected_without_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "main.tf").write_text("locals {}\n")
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: _report())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assessment = write_bundle(_collect(folder, tmp_path)).assessment
    status = next(policy for policy in assessment["policies"] if policy["id"] == "EV_SRC_1")
    assert status["stages"]["source"]["status"] == "unknown"


def test_a_root_that_is_not_there_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(CollectionError) as refused:
        _collect(tmp_path / "absent", tmp_path)
    assert "--root" in refused.value.diagnostics()


def test_the_state_names_live_resources_by_address(tmp_path: Path) -> None:
    state = {"format_version": "1.0", "values": PLAN["planned_values"]}
    (tmp_path / "state.json").write_text(json.dumps(state))
    book = AddressBook.read(tmp_path / "state.json", None)
    assert book.address("aws_dynamodb_table", "table-market-dev") == "aws_dynamodb_table.market"
    assert book.address("aws_dynamodb_table", "other-dev") == "live:aws_dynamodb_table:other-dev"


def test_a_file_that_terraform_did_not_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="cannot be read"):
        read_terraform_json(tmp_path / "absent.json")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("aws_sqs_queue.dlq", "aws_sqs_queue"),
        ('module.a["x.y"].module.b[0].aws_sqs_queue.dlq["k]\\"[.z"]', "aws_sqs_queue"),
        ("live:aws_iam_role:role-x", "aws_iam_role"),
        ("data.aws_region.current", ""),
        ("population of aws_sqs_queue", ""),
        ("", ""),
    ],
)
def test_the_type_of_an_address_is_read_through_modules_and_keys(address: str, kind: str) -> None:
    assert type_of(address) == kind


def test_populations_count_each_address_once_and_name_the_differences() -> None:
    populations = Populations(["aws_sqs_queue"])
    for stage, addresses in {
        "source": ["aws_sqs_queue.a", "aws_sqs_queue.a", "aws_x.b"],
        "plan": ["aws_sqs_queue.c"],
    }.items():
        populations.stage(stage)
        for address in addresses:
            populations.add(stage, address)
    summary = populations.summary()
    assert summary["stages"] == {"source": 1, "plan": 1}
    assert summary["differences"] == [
        {"left": "source", "right": "plan", "only_left": ["aws_sqs_queue.a"], "only_right": ["aws_sqs_queue.c"]}
    ]


def test_the_clock_of_a_build_is_the_one_it_is_told() -> None:
    assert clock_of({"SOURCE_DATE_EPOCH": "1790000000"}).iso() == "2026-09-21T14:13:20Z"
