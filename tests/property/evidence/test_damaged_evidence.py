"""Whatever is done to collected evidence, a report is refused with a way out, or written and then verifies."""

from __future__ import annotations

import copy
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.cli import main
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tests.effort import cases
from tests.unit.evidence.resealing import record_again
from tests.unit.evidence.samples import Sample, acceptance

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEP = b"[" * 20_000
WHOLE = [b"", b"null", b"[]", b"{}", b'"x"', b"1" + b"0" * 5000, DEEP, b"NaN", b"\xff\xfe{}", b"\0", b"\xef\xbb\xbf{}"]
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 10**30, 1.5]),
    st.text(max_size=4),
    st.sampled_from(["\ud800", "../../etc/passwd", "\x1b[2J", "<script>"]),
    st.sampled_from([[], [1], {}, {"x": 1}, {"$unknown": True}]),
)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = Sample()
    sample.exceptions = [acceptance()]
    return sample.write(tmp_path_factory.mktemp("evidence") / "run")


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - any JSON
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in members:
        yield (*at, name)
        yield from _places(inner, (*at, name))


def _changed(data: st.DataObject, document: Any) -> Any:  # noqa: ANN401 - any JSON
    changed = copy.deepcopy(document)
    *way, last = data.draw(st.sampled_from(list(_places(document))))
    inner = changed
    for step in way:
        inner = inner[step]
    if data.draw(st.booleans()):
        inner[last] = data.draw(VALUES)
    else:
        del inner[last]
    return changed


def _damaged(data: st.DataObject, path: Path) -> bytes:
    before = path.read_bytes()
    how = data.draw(st.sampled_from(["whole", "cut", "value"] if path.suffix in {".json", ".jsonl"} else ["cut"]))
    if how == "cut":
        return before[: data.draw(st.integers(0, len(before)))]
    if path.suffix == ".json":
        if how == "whole":
            return data.draw(st.sampled_from(WHOLE))
        return json.dumps(_changed(data, json.loads(before))).encode()
    lines = before.split(b"\n")[:-1]
    at = data.draw(st.integers(0, len(lines) - 1))
    whole = data.draw(st.sampled_from(WHOLE)) if how == "whole" else b""
    lines[at] = whole if how == "whole" else json.dumps(_changed(data, json.loads(lines[at]))).encode()
    return b"\n".join([*lines, b""])


@settings(max_examples=cases(80))
@given(data=st.data())
def test_damaged_evidence_is_refused_with_a_way_out_or_gives_a_bundle_that_verifies(
    evidence: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    names = sorted(path.relative_to(evidence).as_posix() for path in evidence.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "run"
        shutil.copytree(evidence, folder)
        name = data.draw(st.sampled_from(names))
        (folder / name).write_bytes(_damaged(data, folder / name))
        if "/raw/" in name:
            record_again(folder, name)
        status = main(["evidence", "report", "--no-pdf", "--from", str(folder)])
        told = capsys.readouterr().err
        assert status in {0, 5}
        if status:
            assert re.search(r"error: the evidence in \S+ cannot be used: \S+[./]\S+", told)
            assert "fix: collect anew" in told
        else:
            assert verify_bundle(str(folder), Expectations()).findings == []
