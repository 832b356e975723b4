from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.evidence.errors import EvidenceError
from tapeproof.evidence.leaks import find_leaks, refuse_leaks
from tapeproof.evidence.redaction import Redactor
from tests.unit.evidence.resealing import record_again
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "Zq8kT2vLw9xRb4Nf"
PLANTED = {
    "a source": ("evidence/source-files/raw/files/stack/main.tf", f'password = "{SECRET}"\n', "line 1"),
    "a line of JSON": (
        "evidence/live-sqs/raw/resources.jsonl",
        json.dumps({"a": {"DB_PASS": SECRET}}) + "\n",
        "line 1 /a",
    ),
    "a document": ("evidence/source-gate/raw/summary.json", json.dumps({"api_key": SECRET}), "/api_key"),
    "what is no JSON": ("evidence/source-gate/raw/summary.json", f"PASSWORD={SECRET}", "line 1"),
    "a value of this process": ("evidence/tests-junit/raw/junit.xml", "<a>\nplanted-value</a>", "line 2"),
}


def test_collected_evidence_holds_no_secret(tmp_path: Path) -> None:
    refuse_leaks(Sample().write(tmp_path / "run"), Redactor(["planted-value"]))


@pytest.mark.parametrize("name", PLANTED)
def test_a_secret_that_is_left_is_named_by_file_and_place_and_never_shown(tmp_path: Path, name: str) -> None:
    folder = Sample().write(tmp_path / "run")
    path, text, where = PLANTED[name]
    (folder / path).write_text(text)
    leaks = list(find_leaks(folder, Redactor(["planted-value"])))
    assert [(one.path, one.where.startswith(where)) for one in leaks] == [(path, True)]
    with pytest.raises(EvidenceError) as refused:
        refuse_leaks(folder, Redactor(["planted-value"]))
    told = refused.value.diagnostics()
    assert path in told
    assert SECRET not in told


def test_a_bundle_with_a_secret_in_it_is_not_signed(
    bare_project: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bare_project / "stack/main.tf").write_text('resource "aws_sqs_queue" "one" {}\n')
    assert main(["evidence", "collect", "--output", "out"]) == 0
    folder = next((bare_project / "out").iterdir())
    path = "evidence/source-files/raw/files/stack/main.tf"
    (folder / path).write_text(f'locals {{\n  token = "{SECRET}"\n}}\n')
    record_again(folder, path)
    assert main(["evidence", "report", "--from", str(folder), "--key", str(key), "--no-pdf"]) == 5
    assert "is not signed: a secret is left in it" in capsys.readouterr().err
    assert not (folder / "signature.dsse.json").exists()
