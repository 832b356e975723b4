from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tapeproof.auditing.source import read_outputs

if TYPE_CHECKING:
    from pathlib import Path


def test_names_come_from_terraform_s_outputs(tmp_path: Path) -> None:
    outputs = {
        "log_origin": "tapeproof.example/dev",
        "audit_table_name": "table-audit-dev",
        "market_table_name": "table-market-dev",
        "tile_bucket_name": "bucket-tiles-dev",
        "checkpoint_key_arn": "arn:aws:kms:us-east-1:000000000000:key/1",
        "log_group_names": {"trade": "/aws/lambda/lambda-trade-dev", "sealer": "/aws/lambda/lambda-sealer-dev"},
    }
    path = tmp_path / "outputs.json"
    path.write_text(json.dumps({name: {"value": value} for name, value in outputs.items()}))
    names = read_outputs(path)
    assert names.log_groups == ("/aws/lambda/lambda-trade-dev",)
    assert names.bucket == "bucket-tiles-dev"
