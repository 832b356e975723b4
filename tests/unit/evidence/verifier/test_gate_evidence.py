from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.sightings import sightings
from tests.unit.evidence.verifier.files import contents_of, lines_of

if TYPE_CHECKING:
    from pathlib import Path


NAME = "evidence/gate/raw/results.jsonl"
ITEM = {"id": "gate", "judge": "gate", "judged": "raw/results.jsonl"}


RESULTS = '"results":[{"policy":"TP_A","verdict":"pass"},{"policy":"TP_B","verdict":"fail"}]'


def test_what_the_gate_says_of_many_resources_alike_is_one_judgement(tmp_path: Path) -> None:
    contents = contents_of(
        tmp_path, {NAME: lines_of(f'{{"resource":"a","{RESULTS[1:]}}}', f'{{"resource":"b","{RESULTS[1:]}}}')}
    )
    first, second = sightings(ITEM, contents, {})
    assert [one[:2] for one in (first, second)] == [("a", '"gate:1"'), ("b", '"gate:2"')]
    assert first[2] is second[2]
    assert [(one.policy, one.verdict) for one in first[2]] == [("TP_A", "pass"), ("TP_B", "fail")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"resource":"a","results":[],"resource":"b"}', "BAD_EVIDENCE"),
        ('{"resource":"a","results":[]}{"resource":"b","results":[]}', "BAD_JSON"),
        ('{"resource":"a","results":[]', "BAD_JSON"),
        ('{"resource":"a', "BAD_JSON"),
        ('{"resource":"a","results":[NaN]}', "BAD_JSON"),
        ('\N{BYTE ORDER MARK}{"resource":"a","results":[]}', "BAD_JSON"),
        ('{"resource":"a","results":[],"more":1}', "BAD_EVIDENCE"),
        ('{"results":[],"resource":"a"', "BAD_JSON"),
        ("[]", "BAD_EVIDENCE"),
        ("", "BAD_JSON"),
        ('{"resource":"a","results":[{"policy":"TP_B"},{"policy":"TP_A"}]}', "REORDERED"),
    ],
)
def test_a_gate_line_of_another_form_is_named_even_after_good_ones(tmp_path: Path, line: str, code: str) -> None:
    contents = contents_of(tmp_path, {NAME: lines_of('{"resource":"","results":[]}', line)})
    with pytest.raises(Unusable) as refused:
        list(sightings(ITEM, contents, {}))
    assert refused.value.finding.code == code
    assert refused.value.finding.where == "evidence/gate/raw/results.jsonl:2"


def test_bytes_that_are_no_utf8_are_named_by_their_line(tmp_path: Path) -> None:
    contents = contents_of(
        tmp_path, {NAME: lines_of('{"resource":"a","results":[]}', '{"resource":"b\udcff","results":[]}')}
    )
    with pytest.raises(Unusable) as refused:
        list(sightings(ITEM, contents, {}))
    assert refused.value.finding[:2] == ("BAD_JSON", "evidence/gate/raw/results.jsonl:2")
