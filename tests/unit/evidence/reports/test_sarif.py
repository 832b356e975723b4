from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.reports import sarif
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _results(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    sample = Sample()
    place = {"verdict": "fail", "message": "7 days", "file": "stack/main.tf", "line": 3, "column": 5}
    sample.gate[3].update(place)
    bundle = sample.bundle(folder / "run")
    run = json.loads((bundle.folder / "reports/results.sarif").read_bytes())["runs"][0]
    return run, run["results"]


def test_every_result_has_a_relative_place_with_a_whole_region(tmp_path: Path) -> None:
    _, results = _results(tmp_path)
    assert results
    places = [one["physicalLocation"] for result in results for one in result["locations"]]
    assert len(places) >= len(results)
    for place in places:
        assert not place["artifactLocation"]["uri"].startswith("/")
        assert set(place["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}
    failed = next(one for one in results if one["message"]["text"].endswith("7 days"))
    assert failed["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_what_has_no_place_of_its_own_stands_at_the_first_source_file(tmp_path: Path) -> None:
    _, results = _results(tmp_path)
    live = next(one for one in results if one["properties"]["stage"] == "live")
    assert live["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "stack/main.tf"


def test_past_what_github_takes_passes_are_left_out_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 100)
    run, results = _results(tmp_path)
    assert "pass" not in {one["properties"]["verdict"] for one in results}
    assert run["properties"]["passesLeftOut"] > 100
    assert "fail" in {one["properties"]["verdict"] for one in results}
