from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.errors import CollectionError, NotGivenError
from tapeproof.evidence.model import Item, Population
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redaction, Redactor
from tapeproof.evidence.workspace import MAX_REDACTIONS_LISTED, Workspace, plain
from tests.unit.evidence.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.evidence.workspace import ItemWriter

SECRET = "Zq8kT2vLw9xRb4Nf"


def _collect(folder: Path, work: Callable[[ItemWriter], object]) -> dict[str, Any]:
    clock = Clock(lambda: NOW)
    with Workspace(folder, Redactor([SECRET]), clock, clock.iso()).item(Item("x", "t", "c", "live", "gate")) as out:
        work(out)
    return dict(json.loads((folder / "evidence/x/item.json").read_bytes()))


def test_each_file_is_recorded_with_the_digest_of_the_bytes_that_were_written(tmp_path: Path) -> None:
    def work(out: ItemWriter) -> None:
        assert out.lines("raw/a.jsonl", ({"n": number} for number in range(3))) == 3
        out.document("raw/b.json", {"é": [1]})
        out.binary("raw/c", b"\x00\xff", "application/x-git")
        assert out.exact_lines("raw/d.jsonl", [{"b": 1, "a": 2}]) == 1

    item = _collect(tmp_path, work)
    assert [one["path"] for one in item["raw"]] == ["raw/a.jsonl", "raw/b.json", "raw/c", "raw/d.jsonl"]
    for one in item["raw"]:
        data = (tmp_path / "evidence/x" / one["path"]).read_bytes()
        assert (one["size"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert (tmp_path / "evidence/x/raw/d.jsonl").read_bytes() == b'{"a":2,"b":1}\n'


@pytest.mark.parametrize(
    "write",
    [
        lambda out: out.lines("raw/f", [{"a": "clean"}, {"note": f"x {SECRET}"}]),
        lambda out: out.document("raw/f", {"note": SECRET}),
        lambda out: out.text("raw/f", f"note {SECRET}".encode(), "text/plain"),
        lambda out: out.text("raw/f", b"\xff " + SECRET.encode(), "text/plain"),
    ],
)
def test_a_secret_is_taken_out_before_it_is_written_and_the_item_says_so(
    tmp_path: Path, write: Callable[[ItemWriter], object]
) -> None:
    item = _collect(tmp_path, write)
    assert SECRET.encode() not in (tmp_path / "evidence/x/raw/f").read_bytes()
    assert [one["path"] for one in item["redactions"]] == ["raw/f"]


def test_a_line_says_in_which_line_something_was_taken_out_and_a_clean_text_says_nothing(tmp_path: Path) -> None:
    def work(out: ItemWriter) -> None:
        out.lines("raw/f", [{"a": "clean"}, {"note": SECRET}])
        assert out.text("raw/g", b"clean \xff", "text/plain") is False
        assert out.is_clean("raw/h", b"clean")
        assert not out.is_clean("raw/h", SECRET.encode())

    item = _collect(tmp_path, work)
    assert item["redactions"][0]["where"].startswith("line 2 ")
    assert (tmp_path / "evidence/x/raw/g").read_bytes() == b"clean \xff"


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (CollectionError("AWS did not answer", why="denied", fix="ask again"), "failed", "AWS did not answer"),
        (NotGivenError("plan", fix="make one"), "not-given", "no plan was given"),
        (ValueError(f"bad value {SECRET}"), "failed", "ValueError: bad value"),
        (KeyError("x"), "failed", "KeyError: 'x'"),
    ],
)
def test_whatever_goes_wrong_becomes_the_items_failure_and_leaves_no_half_of_it(
    tmp_path: Path, error: Exception, code: str, told: str
) -> None:
    def work(out: ItemWriter) -> None:
        out.item.population = Population("all", 1, "things")
        out.document("raw/f", {})
        raise error

    item = _collect(tmp_path, work)
    assert (item["status"], item["failure_code"], item["judge"]) == ("failed", code, "")
    assert item["failure"].startswith(told)
    assert SECRET not in item["failure"]
    assert (item["raw"], item["population"]) == ([], None)
    assert not (tmp_path / "evidence/x/raw/f").exists()


def test_an_interrupt_is_no_failure_of_an_item(tmp_path: Path) -> None:
    def work(_: ItemWriter) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _collect(tmp_path, work)
    assert not (tmp_path / "evidence/x/item.json").exists()


@pytest.mark.parametrize("path", ["../out", "/etc/x", "raw/../../x", "a\nb", ""])
def test_no_name_leads_out_of_the_items_folder(tmp_path: Path, path: str) -> None:
    item = _collect(tmp_path / "run", lambda out: out.binary(path, b"x", "text/plain"))
    assert "cannot be the name of an evidence file" in item["failure"]
    assert {one.name for one in tmp_path.iterdir()} == {"run"}


def test_very_many_redactions_are_counted_and_not_all_listed(tmp_path: Path) -> None:
    def work(out: ItemWriter) -> None:
        out.item.redactions.extend([Redaction("raw/f", "line 1", "token")] * (MAX_REDACTIONS_LISTED + 7))

    found = _collect(tmp_path, work)["redactions"]
    assert (len(found), found[-1]["kind"]) == (MAX_REDACTIONS_LISTED + 1, "7 more")


@pytest.mark.parametrize(
    ("value", "json"),
    [
        ((1, 2), [1, 2]),
        ({"b", "a"}, ["a", "b"]),
        (b"\x00\xff", "00ff"),
        (bytearray(b"a"), "61"),
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00+00:00"),
        (Path("a/b"), "a/b"),
        (3.0, 3),
        (0.1, "0.1"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        ({1: {None: True}}, {"1": {"None": True}}),
        (object, str(object)),
    ],
)
def test_what_an_sdk_answers_becomes_json_that_every_program_reads_alike(value: object, json: object) -> None:
    assert plain(value) == json
    assert type(plain(value)) is type(json)
