from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.verifier import rows
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.rows import gate_row, result_line, rows_of, stage_verdicts, verdicts_of_row
from tapeproof.evidence.verifier.sightings import load_criteria
from tapeproof.evidence.verifier.strict_json import canonical
from tests.unit.evidence.verifier.files import contents_of, lines_of

if TYPE_CHECKING:
    from pathlib import Path

CRITERION = {
    "policy": "P",
    "stage": "live",
    "type": "t",
    "text": "a is 1",
    "test": {"at": "/a", "is": "equal", "value": 1},
}
GATE = {"id": "live-gate", "judge": "gate", "judged": "raw/x.jsonl"}
LIVE = {"id": "live-t", "judge": "criteria", "judged": "raw/x.jsonl"}


def _judged(folder: Path, gate: dict[str, str], values: dict[str, int]) -> list[dict[str, Any]]:
    """Return the rows of a stage at which the gate says a verdict and the account holds a value, by address."""
    said = [
        f'{{"resource":"{name}","results":[{{"policy":"P","verdict":"{one}","message":"m"}}]}}'
        for name, one in sorted(gate.items())
    ]
    seen = [
        canonical({"resource": name, "type": "t", "value": {"a": one}}).decode() for name, one in sorted(values.items())
    ]
    files = {"evidence/live-gate/raw/x.jsonl": lines_of(*said), "evidence/live-t/raw/x.jsonl": lines_of(*seen)}
    addresses: list[str] = []
    criteria = load_criteria([CRITERION], {})["live"]
    found = stage_verdicts(
        "live", contents_of(folder, files), [GATE, LIVE], criteria, lambda _, name: addresses.append(name)
    )
    lines = [json.loads(b"".join(result_line("live", *one))) for one in found]
    assert addresses == sorted({*gate, *values})
    return [row for line in lines for row in rows_of(line)]


@pytest.mark.parametrize(
    ("gate", "value", "verdict", "judges"),
    [
        ("pass", 1, "pass", ["criterion", "gate"]),
        ("fail", 2, "fail", ["criterion", "gate"]),
        ("pass", 2, "unknown", ["criterion", "gate"]),
        ("fail", 1, "unknown", ["criterion", "gate"]),
        ("waived", 2, "waived", ["criterion", "gate"]),
        ("pass", None, "pass", ["gate"]),
        (None, 2, "fail", ["criterion"]),
    ],
)
def test_two_judges_agree_or_nobody_knows(
    tmp_path: Path, gate: str | None, value: int | None, verdict: str, judges: list[str]
) -> None:
    (row,) = _judged(tmp_path, {"a": gate} if gate else {}, {"a": value} if value is not None else {})
    assert (row["verdict"], row["judges"]) == (verdict, judges)
    assert row["references"] == [f"live-{'gate' if gate else 't'}:1", *(["live-t:1"] if gate and value else [])]


def test_where_the_judges_disagree_the_row_says_so_before_anything_else(tmp_path: Path) -> None:
    (row,) = _judged(tmp_path, {"a": "pass"}, {"a": 2})
    assert row["findings"][0]["message"].startswith("the judges disagree: the gate says pass")


def test_rows_are_sorted_by_address_whichever_item_they_come_from(tmp_path: Path) -> None:
    found = _judged(tmp_path, {"b": "pass", "d": "fail"}, {"a": 1, "c": 2, "d": 2})
    assert [(row["resource"], row["verdict"]) for row in found] == [
        ("a", "pass"),
        ("b", "pass"),
        ("c", "fail"),
        ("d", "fail"),
    ]


def test_too_many_lines_about_one_resource_are_refused_before_they_fill_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LINES_ABOUT_ONE", 3)
    line = '{"resource":"a","results":[]}'
    contents = contents_of(tmp_path, {"evidence/live-gate/raw/x.jsonl": lines_of(*[line] * 4)})
    with pytest.raises(Unusable, match="more than 3 evidence lines"):
        list(stage_verdicts("live", contents, [GATE], {}, lambda *_: None))


def test_a_line_of_results_gives_back_the_row_that_it_was_made_of() -> None:
    row = {
        "stage": "tests", "resource": 'a "quoted" name\n', "policy": "P", "verdict": "fail", "judges": ["criterion"],
        "references": ["x:1", "x:2"], "findings": [{"message": "m"}],
    }  # fmt: skip
    verdicts = verdicts_of_row(row)
    references = [json.dumps(one) for one in row["references"]]
    line = b"".join(result_line("tests", row["resource"], references, verdicts))
    assert canonical(json.loads(line)) + b"\n" == line
    assert list(rows_of(json.loads(line))) == [row]
    assert verdicts.bad == [("P", "fail")]


@pytest.mark.parametrize(
    ("summary", "verdict", "observed"),
    [
        ({"files": {"read": 3, "on_disk": 3}}, "pass", "3 of 3 files read"),
        ({"files": {"read": 2, "on_disk": 3}}, "unknown", "2 of 3 files read"),
        ({"files": {"read": 3, "on_disk": 3}, "problems": ["a cycle"]}, "unknown", "3 of 3 files read"),
        ({"files": {"read": 3, "on_disk": 3}, "problems": None}, "pass", "3 of 3 files read"),
    ],
)
def test_the_gate_itself_passes_only_when_it_read_every_file_without_a_problem(
    tmp_path: Path, summary: dict[str, Any], verdict: str, observed: str
) -> None:
    contents = contents_of(tmp_path, {"evidence/source-gate/raw/summary.json": canonical(summary)})
    row = gate_row("source", {"id": "source-gate"}, contents)
    assert (row["policy"], row["verdict"], row["findings"][0]["observed"]) == ("TP_GATE", verdict, observed)
