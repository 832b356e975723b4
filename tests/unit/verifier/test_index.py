from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.log.control import Run
from tapeproof.log.entry import MOST_SEQUENCES
from tapeproof.verifier.folder import Part
from tapeproof.verifier.index import Citation, Index, LaneEnd, PlacedRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE, TWO = f"2025112306.f.{'0' * 31}1", f"2025112307.f.{'0' * 31}2"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = Index(tmp_path / "index")
    yield index
    index.close()


def test_runs_are_placed_one_after_the_other_and_found_by_lane_part_and_leaf(index: Index) -> None:
    index.add_runs([Run(ONE, 0, 3), Run(TWO, 0, 2)], 10, 99)
    index.add_runs([Run(ONE, 3, 1)], 20, 100)
    assert index.runs_of_lane(ONE) == [PlacedRun(ONE, 0, 3, 10, 99), PlacedRun(ONE, 3, 1, 20, 100)]
    assert index.runs(Part("2025112307", 2)) == [PlacedRun(TWO, 0, 2, 13, 99)]
    assert index.parts() == [Part("2025112306", 1), Part("2025112307", 2)]
    assert [index.run_at(leaf) and index.run_at(leaf).lane for leaf in (9, 10, 12, 13, 14, 15, 20, 21)] == [  # type: ignore[union-attr]
        None, ONE, ONE, TWO, TWO, None, ONE, None,
    ]  # fmt: skip
    assert list(index.heads("2025112306")) == [(ONE, 4, 20)]


def test_a_run_of_what_is_no_lane_belongs_to_no_part(index: Index) -> None:
    index.add_runs([Run("no lane", 0, 1)], 0, 1)
    assert index.parts() == []
    assert index.runs_of_lane("no lane")


def test_control_leaves_are_given_in_order(index: Index) -> None:
    for leaf in (7, 3):
        index.add_control(leaf, b"%d" % leaf)
    assert list(index.controls()) == [(3, b"3"), (7, b"7")]
    assert (index.control(7), index.control(8)) == (b"7", None)


def test_a_checkpoint_of_any_size_is_kept_once_and_forks_are_found(index: Index) -> None:
    huge = 10**19
    for size, root, note in ((5, b"a", b"n"), (5, b"a", b"n"), (5, b"b", b"m"), (huge, b"c", b"o")):
        index.add_checkpoint(size, root, note, "somewhere")
    assert [size for size, *_ in index.checkpoints()] == [5, 5, huge]
    assert next(index.checkpoints(backwards=True))[0] == huge
    assert (index.count_checkpoints(), index.forked_sizes()) == (3, [5])


@pytest.mark.parametrize(
    ("changes", "sane"),
    [
        ({}, True),
        ({"seq": -1}, True),
        ({"seq": -2}, False),
        ({"seq": MOST_SEQUENCES}, False),
        ({"hash": "\u00e9"}, False),
        ({"reason": "\ud800"}, False),
    ],
)
def test_a_citation_that_no_writer_makes_is_not_sane(changes: dict[str, object], *, sane: bool) -> None:
    citation = Citation("l", "p", 3, "h", "n", "hour")
    assert citation._replace(**changes).sane() is sane  # type: ignore[arg-type]


def test_citations_come_with_the_end_of_the_lane_that_they_cite(index: Index) -> None:
    sealed, young = Citation("a", "b", 1, "h", "", "hour"), Citation("c", "x", 1, "h", "", "hour")
    stranger = Citation("d", "x", 1, "h", "", "forked")
    ends = [LaneEnd("a", 2, b"1", 2), LaneEnd("b", 2, b"2", 2), LaneEnd("c", 1, b"3", 0), LaneEnd("d", 1, b"4", 0)]
    index.add_lanes(ends, [sealed, young, stranger], [])
    assert list(index.read_citations()) == [(sealed, ends[1]), (stranger, None)]


def test_a_sealed_duplicate_that_cites_an_entry_that_is_not_there_is_found(index: Index) -> None:
    ends = [LaneEnd("a", 3, b"1", 2), LaneEnd("b", 2, b"2", 2)]
    met = [("a", 0, "b", 1), ("a", 1, "b", 2), ("a", 1, "gone", 0), ("a", 2, "gone", 0)]
    index.add_lanes(ends, [], met)
    assert sorted(index.unmet()) == [("a", 1, "b", 2), ("a", 1, "gone", 0)]


def test_suspects_are_remembered_once_and_in_order(index: Index) -> None:
    index.suspect(["b", "a", "b"])
    assert index.suspects() == ["a", "b"]
    assert (index.is_suspect("a"), index.is_suspect("c")) == (True, False)
