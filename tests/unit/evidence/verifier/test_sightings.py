from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.sightings import load_criteria, sightings
from tests.unit.evidence.verifier.files import contents_of, lines_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("values", [(True, 1), (1, True), ("1", 1), (None, "absent"), ({}, []), (False, 0)])
def test_values_that_only_look_alike_are_judged_apart(values: tuple[Any, Any]) -> None:
    criterion = {"policy": "P", "stage": "live", "type": "t", "text": ""}
    criteria = load_criteria([{**criterion, "test": {"at": "/a", "is": "equal", "value": values[0]}}], {})["live"]["t"]
    verdicts = [criteria({"a": value})[0].verdict for value in values]
    assert verdicts == ["unknown" if values[0] is None else "pass", "fail"]


ITEM = {"id": "live-t", "judge": "criteria", "judged": "raw/x.jsonl"}
TEST = {"at": "/a", "is": "equal", "value": 1}
CRITERION = {"policy": "P", "stage": "live", "type": "t", "text": "a is 1", "test": TEST}


def _sightings(folder: Path, *lines: str, **changes: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    contents = contents_of(folder, {"evidence/live-t/raw/x.jsonl": lines_of(*lines)})
    return list(sightings(ITEM, contents, load_criteria([{**CRITERION, **changes}], {})["live"]))


def test_each_line_is_judged_and_refers_to_itself(tmp_path: Path) -> None:
    lines = ('{"resource":"x","type":"t","value":{"a":1}}', '{"resource":"y","type":"t","value":{}}')
    found = _sightings(tmp_path, *lines)
    assert [(address, reference) for address, reference, _ in found] == [("x", '"live-t:1"'), ("y", '"live-t:2"')]
    assert [one.verdict for _, _, judgements in found for one in judgements] == ["pass", "unknown"]
    assert found[0][2][0].finding == {"expected": "a is 1", "observed": "/a = 1"}


@pytest.mark.parametrize("line", ['{"resource":"x","type":"other","value":{"a":1}}', '{"resource":null}'])
def test_a_resource_that_no_criterion_is_about_is_seen_and_not_judged(tmp_path: Path, line: str) -> None:
    ((_, _, judgements),) = _sightings(tmp_path, line)
    assert judgements == ()


@pytest.mark.parametrize(
    ("value", "measured"),
    [
        ('{"a":7}', {"measured": 7}),
        ("{}", {"measured": None}),
        ('{"a":true}', {}),
        ('{"a":"7"}', {}),
        ('{"a":{"$unknown":true}}', {}),
    ],
)
def test_a_number_or_its_absence_is_measured_and_what_is_not_known_is_not(
    tmp_path: Path, value: str, measured: dict[str, Any]
) -> None:
    ((_, _, (judgement,)),) = _sightings(tmp_path, f'{{"resource":"x","type":"t","value":{value}}}', measures="/a")
    assert {name: one for name, one in judgement.finding.items() if name == "measured"} == measured


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (['{"resource":"b"}', '{"resource":"a"}'], "REORDERED"),
        (['{"resource":"a"}', "{}"], "BAD_EVIDENCE"),
        (['{"resource":"a"}', '{"resource":5}'], "BAD_EVIDENCE"),
        (['{"resource":"a"}', "[]"], "BAD_EVIDENCE"),
        (['{"resource":"a"}', '{"resource":"b","type":["t"]}'], "BAD_EVIDENCE"),
        (['{"resource":"a"}', ""], "BAD_JSON"),
    ],
)
def test_lines_out_of_order_or_of_another_form_are_refused_by_number(
    tmp_path: Path, lines: list[str], code: str
) -> None:
    with pytest.raises(Unusable) as refused:
        _sightings(tmp_path, *lines)
    assert refused.value.finding[:2] == (code, "evidence/live-t/raw/x.jsonl:2")
