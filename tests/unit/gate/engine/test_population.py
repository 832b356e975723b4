"""Quiet passes stay packed; whoever counts or compares sees them all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.population import Population, handed_over, pack, packed_rows, taken_over, unpacked_rows

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Result


@pytest.fixture
def results(finding: Result) -> list[Result]:
    quiet = replace(finding, verdict="pass", root="a", waiver=None)
    return [finding, replace(quiet, warning=True), quiet, replace(quiet, resource="é\n\"'")]


def population_of(results: list[Result]) -> Population:
    notable, packed = pack("a", results)
    return Population(notable, [packed])


def test_only_passes_without_a_warning_are_packed(results: list[Result]) -> None:
    notable, packed = pack("a", results)
    assert notable == results[:2]
    assert (packed.root, packed.number) == ("a", 2)


def test_what_was_packed_comes_back_as_it_was(results: list[Result]) -> None:
    assert list(unpacked_rows(packed_rows(results))) == results
    assert list(unpacked_rows(packed_rows([]))) == []


def test_what_a_worker_hands_over_comes_out_as_it_was(results: list[Result]) -> None:
    notable, packed = pack("a", results, handed_over)
    assert [*notable, *taken_over(packed)] == results
    assert list(taken_over(pack("a", [])[1])) == []


@pytest.mark.parametrize("content", [b"", b"{", b'[["too", "short"]]', b"[5]"])
def test_what_was_not_packed_is_refused(content: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        list(unpacked_rows(content))


def test_a_population_is_a_sequence_of_all_its_results(results: list[Result]) -> None:
    population = population_of(results)
    assert (len(population), population.quiet) == (4, 2)
    assert list(population) == results
    assert population == results
    assert population != results[:3]
    assert (population[0], population[3], population[-1]) == (results[0], results[3], results[3])
    assert population[1:3] == tuple(results[1:3])
    with pytest.raises(IndexError):
        _ = population[4]


def test_other_results_beside_the_same_passes(results: list[Result]) -> None:
    changed = population_of(results).with_notable([])
    assert list(changed) == results[2:]


def test_a_root_of_which_only_the_gate_spoke_is_not_judged(results: list[Result], finding: Result) -> None:
    gate = replace(finding, policy="TP_GATE", root="b")
    notable, packed = pack("a", results[2:])
    there, judged = Population([*notable, gate], [packed]).roots()
    assert (there, judged) == ({"a", "b"}, {"a"})


def test_a_long_population_is_shown_in_short(results: list[Result]) -> None:
    assert repr(population_of(results * 100)).endswith("400 in all)")
