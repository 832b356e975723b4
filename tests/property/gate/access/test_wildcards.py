"""Sets of strings with wildcards against trying every short string, and against z3 where it is at hand."""

from __future__ import annotations

import itertools
import random
import re

import pytest

from tapeproof.gate.access.patterns import Glob, arn_pattern, wildcard
from tapeproof.gate.access.search import Demand, find_string, includes, overlaps

LETTERS = "ab*?"
WORDS = ["".join(letters) for count in range(7) for letters in itertools.product("abz", repeat=count)]
Z3_MISSING = "z3-solver is not installed; it is the oracle of inclusion"


def _pattern(draw: random.Random, longest: int = 6) -> str:
    return "".join(draw.choice(LETTERS) for _ in range(draw.randint(0, longest)))


def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("*", ".*").replace("?", "."), re.DOTALL)


@pytest.mark.parametrize("seed", range(10))
def test_membership_agrees_with_regular_expressions(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(20):
        pattern = _pattern(draw)
        expected = _regex(pattern)
        assert [word for word in WORDS if (word in wildcard(pattern)) != bool(expected.fullmatch(word))] == []


@pytest.mark.parametrize("seed", range(10))
def test_a_string_is_found_exactly_where_a_short_one_exists(seed: int) -> None:
    """Patterns of up to four tokens that differ at all differ in a string of at most six characters."""
    draw = random.Random(seed)
    for _ in range(40):
        inside = [_pattern(draw, 4) for _ in range(draw.choice([1, 2]))]
        outside = [_pattern(draw, 4) for _ in range(draw.choice([0, 1, 2]))]
        demands = [
            *(Demand((wildcard(one),)) for one in inside),
            *(Demand((wildcard(one),), wanted=False) for one in outside),
        ]
        found = find_string(demands)
        shown = [
            word
            for word in WORDS
            if all(_regex(one).fullmatch(word) for one in inside)
            and not any(_regex(one).fullmatch(word) for one in outside)
        ]
        assert (found is not None) == bool(shown), (inside, outside, found)
        if found is not None:
            assert all(demand.admits(found) for demand in demands)
            assert len(found) == min(map(len, shown))


@pytest.mark.parametrize("seed", range(10))
def test_inclusion_and_overlap_agree_with_z3(seed: int) -> None:
    z3 = pytest.importorskip("z3", reason=Z3_MISSING)
    draw = random.Random(seed)

    def expression(pattern: str) -> object:
        anything = z3.AllChar(z3.ReSort(z3.StringSort()))
        parts = [
            z3.Star(anything) if letter == "*" else anything if letter == "?" else z3.Re(letter) for letter in pattern
        ]
        return z3.Concat(z3.Re(""), z3.Re(""), *parts)

    for _ in range(20):
        left, right = _pattern(draw, 9), _pattern(draw, 9)
        text = z3.String("text")
        solver = z3.Solver()
        solver.set("timeout", 1_000)
        solver.add(z3.InRe(text, expression(left)))
        solver.push()
        solver.add(z3.Not(z3.InRe(text, expression(right))))
        checked = solver.check()
        if checked != z3.unknown:
            assert includes([wildcard(right)], [wildcard(left)]) is (checked == z3.unsat), (left, right)
        solver.pop()
        solver.add(z3.InRe(text, expression(right)))
        checked = solver.check()
        if checked != z3.unknown:
            assert overlaps([wildcard(right)], [wildcard(left)]) is (checked == z3.sat), (left, right)


@pytest.mark.parametrize("seed", range(5))
def test_arns_are_compared_part_by_part(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(40):
        pattern = ":".join(_pattern(draw, 2) for _ in range(6))
        text = ":".join("".join(draw.choice("abz") for _ in range(draw.randint(0, 2))) for _ in range(7))
        *heads, tail = pattern.split(":", 5)
        *parts, rest = text.split(":", 5)
        expected = all(_regex(one).fullmatch(part) for one, part in zip(heads, parts, strict=True))
        glob: Glob = arn_pattern([(letter, letter in "*?") for letter in pattern], pattern)
        assert (text in glob) == bool(expected and _regex(tail).fullmatch(rest)), (pattern, text)
