from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tapeproof.cli import main
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


STEERING = "aws_x.y\x1b[2J\x9b31m\u202e"


def test_what_a_bundle_holds_cannot_steer_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, sample = Sample().bundle(tmp_path / "a"), Sample()
    sample.gate += [{**sample.gate[0], "policy": "TP_DDB_1", "resource": STEERING, "verdict": "fail"}]
    sample.failing, sample.secrets = {"sqs"}, ()
    after = sample.bundle(tmp_path / "b")
    number = len((after.folder / "evidence/source-gate/raw/results.jsonl").read_bytes().splitlines())
    lines = range(1, number + 1)
    assert main(["evidence", "diff", str(before.zip), str(after.zip)]) == 1
    assert main(["evidence", "diff", str(before.zip), str(after.zip), "--json"]) == 1
    for line in lines:
        assert main(["evidence", "show", f"source-gate:{line}", "--bundle", str(after.zip)]) == 0
    assert main(["evidence", "report", "--no-pdf", "--from", str(after.folder)]) == 2
    record = json.loads((after.folder / "run.json").read_bytes())
    (after.folder / "run.json").write_text(json.dumps({**record, "id": STEERING}))
    assert main(["evidence", "report", "--no-pdf", "--from", str(after.folder)]) == 5
    told = "".join(capsys.readouterr())
    assert "aws_x.y" in told
    assert {mark for mark in told if not mark.isprintable()} == {"\n"}
