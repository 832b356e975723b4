"""A collection without Terraform and without the gate's own process: a plan, what the gate answers, and the request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.session import Request, run_collection
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


def gate_report(results: list[dict[str, Any]] | None = None) -> dict[str, Any]:
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


def collect_into(root: Path, tmp_path: Path, **changes: Any) -> Path:  # noqa: ANN401 - a request's fields
    (tmp_path / "risks.yaml").touch()
    request = Request(output=tmp_path / "out", root=root, risks=tmp_path / "risks.yaml", **changes)
    return run_collection(request, clock=Clock(lambda: NOW))


def item_of(folder: Path, name: str) -> dict[str, Any]:
    item: dict[str, Any] = json.loads((folder / "evidence" / name / "item.json").read_bytes())
    return item
