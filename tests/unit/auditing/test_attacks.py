from __future__ import annotations

import contextlib
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.auditing.attacks import ATTACKS, Row
from tapeproof.auditing.editor import Editor, NoTargetError, clone
from tapeproof.auditing.operations import verify_folder
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options
from tests.effort import cases

if TYPE_CHECKING:
    from pathlib import Path


def test_the_export_under_attack_is_sound_before(exported: Path, pin: Path) -> None:
    report = verify_folder(exported, Options(pins=[read_pin(pin)]), jobs=1)
    assert report.findings == []
    assert report.verdict is Verdict.VERIFIED


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("row", ATTACKS, ids=lambda row: row.title)
def test_every_attack_is_detected_and_named(row: Row, seed: int, exported: Path, pin: Path, tmp_path: Path) -> None:
    folder = tmp_path / "attacked"
    clone(exported, folder)
    editor = Editor(folder, random.Random(seed))
    done = row.run(editor)
    options = Options(pins=[read_pin(pin)], as_of=editor.created + done.later_ns)
    report = verify_folder(folder, options, jobs=1)
    assert report.verdict is done.verdict, [str(one) for one in report.findings]
    named = [one for one in report.findings if one.attack in done.names]
    assert named or not done.names, [str(one) for one in report.findings]
    if done.lane:
        assert any(one.lane == done.lane and done.seq in {-1, one.seq} for one in named), named
    assert {one.attack for one in report.findings} <= done.names | done.beside, [str(one) for one in report.findings]


@settings(max_examples=cases(25))
@given(rows=st.lists(st.sampled_from(ATTACKS), min_size=2, max_size=4, unique=True), seed=st.integers(0, 2**32))
def test_random_combinations_are_detected_and_each_is_named(
    rows: list[Row], seed: int, exported: Path, pin: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("combined") / "attacked"
    clone(exported, folder)
    rng = random.Random(seed)
    done, touched = [], set[str]()
    # What takes away the ground the others stand on comes last, as it would for an attacker who covers tracks.
    for row in sorted(rows, key=lambda row: row.masks):
        editor = Editor(folder, rng)
        editor.touched = touched
        with contextlib.suppress(NoTargetError):
            done.append((row, row.run(editor)))
    if not done:
        return
    options = Options(pins=[read_pin(pin)], as_of=editor.created + max(one.later_ns for _, one in done))
    report = verify_folder(folder, options, jobs=1)
    expected = {min((one.verdict for _, one in done), key=lambda verdict: verdict.value)}
    if any(row.leaves_out for row, _ in done):  # it takes the traces of the others along
        expected.add(Verdict.INCOMPLETE)
    assert report.verdict in expected
    names = {one.attack for one in report.findings}
    masked = any(row.masks for row, _ in done)
    missed = [row.title for row, one in done if one.names and not names & one.names]
    assert len(missed) < len(done) if masked else not missed, (missed, [str(one) for one in report.findings])
