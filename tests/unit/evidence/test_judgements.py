from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.verifier import judgement
from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.comparison import Comparison
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.manifest import Entry
from tapeproof.evidence.verifier.sightings import load_criteria, sightings

if TYPE_CHECKING:
    from pathlib import Path

ITEM = {"id": "gate", "judge": "gate", "judged": "raw/results.jsonl"}
RESULTS = '"results":[{"policy":"TP_A","verdict":"pass"},{"policy":"TP_B","verdict":"fail"}]'


def contents_of(folder: Path, *lines: str) -> Contents:
    path = folder / "evidence/gate/raw/results.jsonl"
    path.parent.mkdir(parents=True)
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    path.write_bytes(data)
    entry = Entry(len(data), hashlib.sha256(data).hexdigest())
    return Contents(Folder(str(folder)), {"evidence/gate/raw/results.jsonl": entry})


def test_what_the_gate_says_of_many_resources_alike_is_one_judgement(tmp_path: Path) -> None:
    contents = contents_of(tmp_path, f'{{"resource":"a","{RESULTS[1:]}}}', f'{{"resource":"b","{RESULTS[1:]}}}')
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
    contents = contents_of(tmp_path, '{"resource":"","results":[]}', line)
    with pytest.raises(Unusable) as refused:
        list(sightings(ITEM, contents, {}))
    assert refused.value.finding.code == code
    assert refused.value.finding.where == "evidence/gate/raw/results.jsonl:2"


def test_bytes_that_are_no_utf8_are_named_by_their_line(tmp_path: Path) -> None:
    contents = contents_of(tmp_path, '{"resource":"a","results":[]}', '{"resource":"b\udcff","results":[]}')
    with pytest.raises(Unusable) as refused:
        list(sightings(ITEM, contents, {}))
    assert refused.value.finding[:2] == ("BAD_JSON", "evidence/gate/raw/results.jsonl:2")


@pytest.mark.parametrize("values", [(True, 1), (1, True), ("1", 1), (None, "absent"), ({}, []), (False, 0)])
def test_values_that_only_look_alike_are_judged_apart(values: tuple[Any, Any]) -> None:
    criterion = {"policy": "P", "stage": "live", "type": "t", "text": ""}
    criteria = load_criteria([{**criterion, "test": {"at": "/a", "is": "equal", "value": values[0]}}], {})["live"]["t"]
    verdicts = [criteria({"a": value})[0].verdict for value in values]
    assert verdicts == ["unknown" if values[0] is None else "pass", "fail"]


def test_memory_of_judgements_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement, "MEMO_ENTRIES", 3)
    criterion = {"policy": "P", "stage": "live", "type": "t", "text": ""}
    criteria = load_criteria([{**criterion, "test": {"at": "/a", "is": "at least", "value": 5}}], {})["live"]["t"]
    assert [criteria({"a": number})[0].verdict for number in range(10)] == ["fail"] * 5 + ["pass"] * 5
    memo = judgement.Memo()
    for number in range(10):
        memo.keep(str(number), number)
        assert len(memo) <= 3


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"a\nb\nc\nd\n", ""),
        (b"a\nX\nc\nd\n", "line 2: the evidence gives b"),
        (b"a\nb\nc\nX\n", "line 4: the evidence gives d"),
        (b"a\nb\nc\n", "line 4: the evidence gives d"),
        (b"a\nb\nc\nd\ne\n", "line 5: the evidence gives no such line"),
        (b"a\nb\nc\nd", "line 4: the evidence gives d"),
        (b"", "line 1: the evidence gives a"),
    ],
)
def test_a_file_that_differs_from_what_it_should_hold_is_told_by_line(file: bytes, told: str) -> None:
    comparison = Comparison(io.BytesIO(file))
    comparison.take(b"a\nb\n")
    comparison.take(b"c\nd\n")
    comparison.finish()
    assert comparison.difference == told
    assert comparison.sha256 == hashlib.sha256(file).hexdigest()


def test_lines_across_chunks_are_read_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tapeproof.evidence.verifier.contents.CHUNK", 7)
    contents = contents_of(tmp_path, *(json.dumps({"n": "é" * number}) for number in range(20)))
    name = "evidence/gate/raw/results.jsonl"
    assert [len(line["n"]) for line in contents.lines(name)] == list(range(20))
    assert contents.finish() == []
    text = b"".join(contents.blocks(name))
    assert text == b"\n" + (tmp_path / name).read_bytes()[:-1]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n", b"a", b"a\n", b"\na\n\nbc\n", b"abc\ndefg\n\n", b"a\nb"])
def test_blocks_hold_each_line_once_wherever_chunks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, size: int
) -> None:
    monkeypatch.setattr("tapeproof.evidence.verifier.contents.CHUNK", size)
    (tmp_path / "x").write_bytes(data)
    contents = Contents(Folder(str(tmp_path)), {"x": Entry(len(data), hashlib.sha256(data).hexdigest())})
    lines = data.split(b"\n")[: None if data and not data.endswith(b"\n") else -1]
    assert b"".join(contents.blocks("x")) == b"".join(b"\n" + line for line in lines)
    assert list(contents.texts("x")) == [line.decode() for line in lines]
    assert contents.finish() == []


def test_a_line_without_an_end_is_refused_before_it_fills_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tapeproof.evidence.verifier.contents.CHUNK", 10)
    monkeypatch.setattr("tapeproof.evidence.verifier.contents.MAX_LINE_BYTES", 50)
    contents = contents_of(tmp_path, "a\nb", "c" * 45, "d" * 200)
    with pytest.raises(Unusable) as refused:
        list(contents.texts("evidence/gate/raw/results.jsonl"))
    assert refused.value.finding.code == "TOO_LARGE"
