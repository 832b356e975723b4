"""Every mutant of our compliant stack is caught by the right policy on the right line, and the stack itself passes."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.parallel import Limits, processors, spread
from tests.effort import SOAKING
from tests.property.gate.mutation.structure import of_structure
from tests.property.gate.mutation.values import of_values
from tests.property.gate.mutation.workshop import Mutant, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.long

Row = tuple[str, str, Mutant]


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.chdir(tmp_path)
    return Workshop.set_up(tmp_path)


def survived(workshop: Workshop, mutant: Mutant) -> str:
    """Return why a mutant got away; empty when it was caught."""
    results = [result for result in workshop.judged([mutant.policy], mutant.changes) if result.policy == mutant.policy]
    fails = [result for result in results if result.verdict == "fail"]
    if not fails:
        told = {result.verdict for result in results}
        unknown = [result.message for result in results if result.verdict == "unknown"]
        return f"{mutant.name}: no FAIL of {mutant.policy}, only {sorted(told)} {unknown[:1]}"
    places = {(result.file, result.line) for result in fails}
    if not places <= mutant.expected:
        return f"{mutant.name}: {mutant.policy} points at {sorted(places)}, not at {sorted(mutant.expected)}"
    return ""


def share_of(rows: list[Row]) -> list[Row]:
    """Return a third of the mutants, every mutator and every shape among them; all of them in a soak."""
    if SOAKING:
        return rows
    turns: dict[str, Iterator[int]] = {}
    kept: list[Row] = []
    shapes: set[str] = set()
    for row in rows:
        # Each mutator begins elsewhere, so that a shape is not always the same mutators' one.
        turn = next(turns.setdefault(row[0], itertools.count(len(turns) + 1)))
        if turn % 3 == 0 or row[1] not in shapes or not any(name == row[0] for name, _, _ in kept):
            kept.append(row)
            shapes.add(row[1])
    return kept


def fates(workshop: Workshop, rows: list[Row]) -> list[str]:
    """Return what ``survived`` says of each mutant, asked on all processors, each in a copy of its own."""
    shares = processors()

    def judged(share: int) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(".", folder, dirs_exist_ok=True)
            with contextlib.chdir(folder):
                return [survived(workshop, mutant) for _, _, mutant in rows[share::shares]]

    limits = Limits(time.monotonic() + 3600, 8 * 1024**3)
    answers = spread(range(shares), judged, lambda _share: 1, limits, lambda share, why: [f"share {share} {why}"])
    return [answers[index % shares][index // shares] for index in range(len(rows))]


def matrix(rows: list[Row], escaped: list[str]) -> str:
    """Return mutators by shapes: how many mutants of each were caught, of how many."""
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for (name, shape, _), escape in zip(rows, escaped, strict=True):
        counts[name][shape][0] += not escape
        counts[name][shape][1] += 1
    shapes = {shape for _, shape, _ in rows}
    width = max(map(len, counts))
    lines = [f"{name:<{width}}  {_cells(cells)}" for name, cells in counts.items()]
    told = f"{sum(not escape for escape in escaped)} of {len(rows)} mutants caught, by their policy and on their line"
    return "\n".join([f"{len(counts)} mutators, {len(shapes)} shapes, {told}", *lines])


def _cells(cells: dict[str, list[int]]) -> str:
    return "  ".join(f"{shape} {caught}/{total}" for shape, (caught, total) in sorted(cells.items()))


def test_the_stack_itself_passes(workshop: Workshop) -> None:
    assert [result for result in workshop.judged(list(workshop.policies)) if result.verdict != "pass"] == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", [of_values, of_structure])
def test_every_mutant_is_caught(
    kind: Callable[[Workshop], Iterator[Row]], workshop: Workshop, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = share_of(list(kind(workshop)))
    escaped = fates(workshop, rows)
    with capfd.disabled():
        sys.stderr.write(f"\n{matrix(rows, escaped)}\n")
    assert [escape for escape in escaped if escape] == []
