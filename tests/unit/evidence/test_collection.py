from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.collection import Context, collect
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redactor
from tapeproof.evidence.workspace import Workspace
from tests.unit.evidence.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path


def _context(folder: Path, **changes: object) -> Context:
    clock = Clock(lambda: NOW)
    workspace = Workspace(folder, Redactor(), clock, clock.iso())
    context = Context(workspace, load_library(), folder, folder, {"region": "us-east-1"})
    for name, value in changes.items():
        setattr(context, name, value)
    return context


class _One:
    def __init__(self, name: str, *, fails: bool = False) -> None:
        self.name, self._fails = name, fails

    def collect(self, context: Context) -> None:
        with context.item(self.name, "t", collector="c", stage="plan", asserts=["B", "A"]) as out:
            if self._fails:
                raise CollectionError("nothing answered")
            out.document("raw/x.json", {})


def test_a_collector_that_fails_leaves_the_work_of_the_others(tmp_path: Path) -> None:
    said: list[str] = []
    collect(_context(tmp_path, say=said.append), [_One("a"), _One("b", fails=True), _One("c")])
    items = [json.loads(path.read_bytes()) for path in sorted(tmp_path.glob("evidence/*/item.json"))]
    assert [(item["id"], item["status"]) for item in items] == [("a", "collected"), ("b", "failed"), ("c", "collected")]
    assert said == ["[1/3] a", "[2/3] b", "[3/3] c"]


def test_every_item_says_who_collected_with_which_program_and_settings(tmp_path: Path) -> None:
    context = _context(tmp_path)
    with context.item("x", "t", collector="c", stage="plan", asserts=["B", "A"]) as out:
        item = out.item
    assert item.asserts == ("A", "B")
    assert item.tool is not None
    assert item.tool.digest.startswith("sha256:")
    assert item.identity["how"] in {"git config user.name", "operating system account"}
    context.parameters = {"region": "eu-central-1"}
    with context.item("y", "t", collector="c", stage="plan") as out:
        assert out.item.tool is not None
        assert out.item.tool.config_digest != item.tool.config_digest


def test_an_accounts_own_answer_about_who_asks_comes_before_the_machines(tmp_path: Path) -> None:
    identity = {"who": "arn:aws:iam::111122223333:role/auditor", "how": "sts:GetCallerIdentity"}
    with _context(tmp_path, identity=identity).item("x", "t", collector="c", stage="live") as out:
        assert out.item.identity == identity


@pytest.mark.parametrize(
    ("stage", "simulated"), [("live", True), ("audit", True), ("source", False), ("plan", False), ("tests", False)]
)
def test_an_emulator_makes_only_what_it_answered_simulated(tmp_path: Path, stage: str, *, simulated: bool) -> None:
    with _context(tmp_path, simulated=True).item("x", "t", collector="c", stage=stage) as out:  # type: ignore[arg-type]
        assert out.item.simulated is simulated
