from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.content import content
from tapeproof.evidence.bundle.release import current_release
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations, Outcome
from tapeproof.evidence.controls.errors import HandwrittenError
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.controls.own import extend_library
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
id: bank-standard
name: Standard of the bank
short: Bank
edition: "2026"
publisher: The bank
source: Standard 7, March 2026
read: whole
text: titles of the standard
controls:
  "7.1": Logs are kept
  "7.2": People are trained
mappings:
  - {control: "7.1", policy: TP_LOG_1, relation: supports, rationale: retention is what 7.1 asks for}
  - {control: "7.2", relation: not-evaluated, rationale: training is no configuration}
"""


def _write(tmp_path: Path, text: str = OWN) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(text)
    return path


def _bundle(tmp_path: Path, key: Path, change: Any = None) -> Path:  # noqa: ANN401 - a change of the documents
    sample = Sample()
    sample.library = extend_library(load_library(), [_write(tmp_path)])
    folder = sample.write(tmp_path / "run")
    if change is not None:
        for name in ("frameworks", "mappings"):
            path = folder / f"controls/{name}.json"
            path.write_text(json.dumps(change(name, json.loads(path.read_bytes()))))
    return write_bundle(folder, signer=KeyFileSigner(key)).zip


def _verify(path: Path, **terms: object) -> Outcome:
    return verify_bundle(str(path), Expectations(terms=terms), current_release())


def test_an_own_framework_is_judged_and_is_called_the_entitys_own_everywhere(tmp_path: Path, key: Path) -> None:
    outcome = _verify(_bundle(tmp_path, key))
    assert (outcome.findings, outcome.unmet) == ([], [])
    assert any(what == "own" and "bank-standard sha256:" in text for what, text in outcome.checked)
    statuses = [one for one in (outcome.assessment or {})["controls"] if one["framework"] == "bank-standard"]
    assert [(one["control"], one["effects"]["design"]) for one in statuses] == [
        ("7.1", "satisfied"),
        ("7.2", "not-evaluated"),
    ]
    html = (tmp_path / "run/reports/report.html").read_text()
    assert "Own frameworks" in html.partition("</header>")[0]
    assert "Controls of the entity&#x27;s own: design" in html or "Controls of the entity's own: design" in html
    assert "retention is what 7.1 asks for (the entity" in html


def test_an_auditor_names_the_own_frameworks_that_may_be_there(tmp_path: Path, key: Path) -> None:
    path = _bundle(tmp_path, key)
    digest = next(text for what, text in _verify(path).checked if what == "own").split(" ")[1].rstrip(":")
    assert _verify(path, own_frameworks={"bank-standard": digest}).unmet == []
    for wrong in ({}, {"bank-standard": "sha256:0"}, {"bank-standard": digest, "other": digest}):
        assert [one.code for one in _verify(path, own_frameworks=wrong).unmet] == ["NOT_EXPECTED"]


def _claim(shipped: str) -> Any:  # noqa: ANN401 - a change of the documents
    """Return what puts an own mapping, or the mark of an own framework, on a framework that is shipped."""

    def change(name: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for one in entries:
            if name == "frameworks" and one["id"] == shipped:
                one["own"] = True
        if name == "mappings":
            first = next(one for one in entries if one["framework"] == "bank-standard")
            entries.append({**first, "framework": shipped, "control": "AU-2"})
        return entries

    return change


def _unmark(name: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if name == "frameworks":
        entries[-1].pop("own")
    return entries


@pytest.mark.parametrize("change", [_claim("nist-800-53-r5"), _unmark], ids=["a shipped one", "without the mark"])
def test_an_own_framework_cannot_pass_as_a_shipped_one(tmp_path: Path, key: Path, change: Any) -> None:  # noqa: ANN401
    assert [one.code for one in _verify(_bundle(tmp_path, key, change)).unmet] == ["OWN_CATALOGUE"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: bank-standard", "id: Bank Standard", ":1: an id has"),
        ("id: bank-standard", "id: nist-800-53-r5", ":1: there is a framework"),
        ("name: Standard of the bank\n", "", ":1: 'name' is missing"),
        ("name: Standard of the bank", "name: [a]", ":2: 'name' is expected to be one line of text"),
        ("name: Standard", "nmae: Standard", ":2: 'nmae' is not one of id, name"),
        ('control: "7.1"', 'control: "7.9"', ":13: '7.9' is none of this file's controls"),
        ("policy: TP_LOG_1", "policy: TP_LOG_99", ":13: there is no policy TP_LOG_99"),
        ("relation: supports", "relation: proves", ":13: 'proves' is not one of equal"),
        ("rationale: retention is what 7.1 asks for", 'rationale: ""', ":13: 'rationale' is expected"),
        ("policy: TP_LOG_1, ", "", ":13: a mapping names a policy"),
        ('  "7.2": People', '  "7.1": People', ":11: '7.1' stands here twice"),
        ("mappings:", "mappings: {", "this is no YAML"),
        ("text: titles of the standard", "text: *t", ":8: an alias is not read here"),
        ("name: Standard of the bank", "name: &t x\nnote: *t", ":3: an alias is not read here"),
        (OWN, "", "is empty"),
        (OWN, "- a", ":1: names with values are expected"),
    ],
)
def test_a_mistake_in_an_own_framework_is_told_by_file_and_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in OWN
    path = _write(tmp_path, OWN.replace(old, new, 1))
    with pytest.raises(HandwrittenError) as refused:
        extend_library(load_library(), [path])
    assert str(path) in refused.value.diagnostics()
    assert told in refused.value.diagnostics()


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(HandwrittenError, match=r"absent\.yaml cannot be read"):
        extend_library(load_library(), [tmp_path / "absent.yaml"])


def test_the_examples_can_be_used_as_they_are() -> None:
    examples = sorted((content("compliance") / "examples").glob("*.yaml"))
    assert [one["id"] for one in extend_library(load_library(), examples).frameworks[-2:]] == ["nydfs-500", "reg-sci"]
