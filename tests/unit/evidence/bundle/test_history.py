from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.errors import BundleError
from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import Bundle, write_bundle
from tests.unit.evidence.samples import NOW, Sample

if TYPE_CHECKING:
    from pathlib import Path


def test_bundles_chain_and_two_runs_without_a_cadence_are_no_period(tmp_path: Path, key: Path) -> None:
    older = Sample()
    older.as_of = NOW.replace(month=10)
    older.gate[0]["verdict"] = "fail"
    first = older.bundle(tmp_path / "first" / "run", key=key)
    folder = Sample().write(tmp_path / "second" / "run")
    write_previous(folder, first.zip)
    second = write_bundle(folder, signer=KeyFileSigner(key))
    before = {policy["id"]: policy["effects"]["operating"] for policy in first.assessment["policies"]}
    after = {policy["id"]: policy["effects"]["operating"] for policy in second.assessment["policies"]}
    assert (before["TP_DDB_1"], after["TP_DDB_1"]) == ("not-evaluated", "not-evaluated")
    assert second.assessment["previous"]["digest"] == f"sha256:{first.manifest_sha256}"
    changed = {
        (one["policy"], one["effect"], one["was"], one["now"]) for one in second.assessment["changes"]["policies"]
    }
    assert (older.gate[0]["policy"], "design", "fail", "pass") in changed
    assert [one[3] for one in second.assessment["changes"]["resolved"]] == ["fail"]


def test_a_bundle_that_is_younger_or_about_something_else_is_no_previous_one(tmp_path: Path, bundle: Bundle) -> None:
    folder = Sample().write(tmp_path / "run")
    with pytest.raises(BundleError, match="not older"):
        write_previous(folder, bundle.zip)
    run = json.loads((folder / "run.json").read_bytes())
    (folder / "run.json").write_text(json.dumps({**run, "as_of": "2027-01-01T00:00:00Z", "subject": "another"}))
    with pytest.raises(BundleError, match="cannot be the previous"):
        write_previous(folder, bundle.zip)
