"""Evidence that was edited by hand or damaged: every mistake is told by file and place, with a way out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.errors import BundleError
from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.writing import write_bundle
from tests.unit.evidence.resealing import record_again
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

ITEM = "evidence/live-dynamodb/item.json"
ABSENT = object()


def edited(folder: Path, path: str, pointer: tuple[Any, ...], value: object) -> None:
    document = json.loads((folder / path).read_bytes())
    inner = document
    for step in pointer[:-1]:
        inner = inner[step]
    if value is ABSENT:
        del inner[pointer[-1]]
    else:
        inner[pointer[-1]] = value
    (folder / path).write_text(json.dumps(document))


def told_of(folder: Path) -> str:
    with pytest.raises(BundleError) as refused:
        write_bundle(folder)
    told = refused.value.diagnostics()
    assert "fix: collect anew" in told
    return told


@pytest.mark.parametrize(
    ("path", "pointer", "value", "told"),
    [
        ("run.json", ("as_of",), ABSENT, "the document: 'as_of' is missing"),
        ("run.json", ("as_of",), "2026-13-01T00:00:00Z", "/as_of: '2026-13-01T00:00:00Z' is not a time such as"),
        ("run.json", ("as_of",), "2026-1-1T00:00:00Z", "/as_of: "),
        ("run.json", ("id",), "../../etc", "/id: '../../etc' is not a name"),
        ("run.json", ("dirty",), 1, "/dirty: true or false is expected, this is 1"),
        ("run.json", ("collector", "who"), None, "/collector/who: text is expected, this is None"),
        ("run.json", ("parameters", "maximum_timeout"), ABSENT, "a criterion needs the parameter 'maximum_timeout'"),
        (ITEM, ("stage",), "elsewhere", "/stage: 'elsewhere' is not one of 'source'"),
        (ITEM, ("id",), "live-sqs", "/id: it is 'live-sqs'; the item lies in the folder 'live-dynamodb'"),
        (ITEM, ("raw", 0, "size"), True, "/raw/0/size: a whole number is expected, this is True"),
        (ITEM, ("raw", 0, "sha256"), "ff", "/raw/0/sha256: 'ff' is not 64 hexadecimal digits"),
        (ITEM, ("raw", 0, "path"), "/etc/passwd", "/raw/0/path: '/etc/passwd' is not a name"),
        (ITEM, ("raw", 0), [], "/raw/0: an object is expected, this is a list"),
        (ITEM, ("judged",), "raw/other.jsonl", "/judged: 'raw/other.jsonl' is none of its raw files"),
        (ITEM, ("source", "calls"), [{"count": 1}], "/source/calls/0: 'operation' is missing"),
        (ITEM, ("population",), {"query": "q", "count": "<b>5", "unit": "u"}, "/population/count: a whole number"),
        (ITEM, ("title",), "\ud800", "BAD_JSON"),
        ("controls/policies.json", (0, "kind"), "wish", "/0/kind: 'wish' is not one of"),
        ("controls/criteria.json", (0, "test"), {"at": "x"}, "BAD_CRITERION"),
        ("controls/frameworks.json", (0, "controls"), [], "/0/controls: an object is expected"),
        ("controls/mappings.json", (3, "framework"), "none", "/3/framework: there is no such framework"),
        ("controls/mappings.json", (0, "policy"), 5, "/0/policy: text is expected, this is 5"),
    ],
)
def test_a_document_of_another_form_is_named_with_the_place_in_it(
    tmp_path: Path, path: str, pointer: tuple[Any, ...], value: object, told: str
) -> None:
    folder = Sample().write(tmp_path / "run")
    edited(folder, path, pointer, value)
    assert f"{path}\n" in (said := told_of(folder))
    assert told in said


GATE = "evidence/source-gate/raw/results.jsonl"
LIVE = "evidence/live-dynamodb/raw/resources.jsonl"


@pytest.mark.parametrize(
    ("path", "line", "told"),
    [
        (GATE, "", "cannot be read as JSON"),
        (
            GATE,
            '{"resource":"zz","results":[{"policy":"TP_A","verdict":"fail","line":"<b>"}]}',
            "is no number of a line",
        ),
        (GATE, '{"resource":"zz","results":[{"policy":"TP_A","column":true}]}', "is no number of a column"),
        (GATE, '{"resource":"zz","results":[5]}', "has no attribute 'get'"),
        (GATE, '{"resource":["zz"],"results":[]}', "other than one resource and its results"),
        (LIVE, '{"resource":{"a":"zz"},"type":"aws_dynamodb_table"}', "names no resource"),
        (LIVE, '{"resource":"zz","type":["aws_dynamodb_table"]}', "unhashable type"),
        (LIVE, '{"resource":"zz","type":"aws_dynamodb_table","value":{"Region":"\\udfff"}}', "half of a character"),
        (LIVE, '{"resource":"zz","type":"aws_dynamodb_table","value":{"Region":1e400}}', "past the numbers"),
        (LIVE, f'{{"resource":"zz","value":{"[" * 20_000}', "cannot be read as JSON"),
        (LIVE, f'{{"resource":"zz","value":1{"0" * 5_000}}}', "cannot be read as JSON"),
        (LIVE, '"zz"', "names no resource"),
    ],
)
def test_a_line_of_another_form_is_named_with_its_number(tmp_path: Path, path: str, line: str, told: str) -> None:
    folder = Sample().write(tmp_path / "run")
    before = (folder / path).read_text()
    (folder / path).write_text(f"{before}{line}\n")
    record_again(folder, path)
    number = before.count("\n") + 1
    assert f"{path}:{number}\n" in (said := told_of(folder))
    assert told in said


def test_a_link_in_the_folder_is_refused_like_anything_else_that_is_not_evidence(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path / "run")
    (folder / "evidence/secret").symlink_to("/etc/passwd")
    assert "evidence/secret" in told_of(folder)


@pytest.mark.parametrize("run", ["", "[]", "{}", '{"as_of":1}', '{"as_of":"2026-11-23T09:30:00Z"}', "[" * 20_000])
def test_a_run_that_is_none_is_told_before_the_previous_bundle_is_remembered(
    tmp_path: Path, bundle: Bundle, run: str
) -> None:
    (tmp_path / "run.json").write_text(run)
    with pytest.raises(BundleError) as refused:
        write_previous(tmp_path, bundle.zip)
    assert "fix:" in refused.value.diagnostics()
