"""Reports of every kind are as their JSON Schema says, by a validator that is not ours."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from tapeproof import cli
from tapeproof.gate.engine.report import FORMAT_VERSION, PolicySummary, Report, Result
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = json.loads((PROJECT / "docs" / "formats" / f"gate-report-{FORMAT_VERSION}.schema.json").read_text())
WAIVED = 'prevent_destroy = true # tapeproof:waive TP_DST_1 reason="a" owner="b" expires=2099-01-01\n'
TABLE = 'resource "aws_dynamodb_table" "t" {{\n  name = "t"\n  lifecycle {{\n    {0}\n  }}\n}}\n'
ROOTS = {
    "findings": TABLE.format("create_before_destroy = true"),
    "a waiver": TABLE.format(WAIVED),
    "unknown": 'variable "a" {}\nresource "aws_sqs_queue" "q" {\n  name = var.a\n}\n',
    "not to be read": "resource {",
}


@pytest.mark.parametrize("kind", [*ROOTS, "a baseline", "environments", "switched off"])
def test_a_report_is_as_its_schema_says(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "main.tf").write_text(ROOTS.get(kind, ROOTS["findings"]))
    if kind == "a baseline":
        assert cli.main(["gate", "baseline", "--reason", "a", "--owner", "b"]) == 0
    if kind == "environments":
        (tmp_path / ".tapeproof.yaml").write_text("roots: {.: {environments: {a: {workspace: a}}}}")
    if kind == "switched off":
        (tmp_path / ".tapeproof.yaml").write_text(
            "profile: strict\noff: [{policy: TP_DDB_1, reason: a}]\noverrides: "
            "[{policy: TP_LOG_1, parameters: {minimum_days: 7}, paths: ['*'], reason: a}]"
        )
    capsys.readouterr()
    cli.main(["gate", "check", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert report["results"]
    jsonschema_rs.validator_for(SCHEMA).validate(report)


def test_the_schema_knows_every_member() -> None:
    properties = SCHEMA["properties"]
    report = {one.name for one in dataclasses.fields(Report)} | {"counts"}
    assert set(properties) == report
    for name, kind in (("results", Result), ("policies", PolicySummary)):
        assert set(properties[name]["items"]["properties"]) == {one.name for one in dataclasses.fields(kind)}
