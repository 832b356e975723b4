from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.manifest import Entry
from tests.unit.evidence.verifier.files import contents_of, lines_of

if TYPE_CHECKING:
    from pathlib import Path


NAME = "evidence/gate/raw/results.jsonl"
ITEM = {"id": "gate", "judge": "gate", "judged": "raw/results.jsonl"}


RESULTS = '"results":[{"policy":"TP_A","verdict":"pass"},{"policy":"TP_B","verdict":"fail"}]'


def test_lines_across_chunks_are_read_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tapeproof.evidence.verifier.contents.CHUNK", 7)
    contents = contents_of(tmp_path, {NAME: lines_of(*(json.dumps({"n": "é" * number}) for number in range(20)))})
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
    contents = contents_of(tmp_path, {NAME: lines_of("a\nb", "c" * 45, "d" * 200)})
    with pytest.raises(Unusable) as refused:
        list(contents.texts(NAME))
    assert refused.value.finding.code == "TOO_LARGE"
