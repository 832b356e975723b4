"""Parts of a JSON string stand where they are written, whatever escapes come before them."""

from __future__ import annotations

import json

import pytest

from tapeproof.gate.engine.evaluator.syntax import Constant, Name, Template
from tapeproof.gate.frontends.hcl.json_places import Inside, shifts_of_escapes


@pytest.mark.parametrize("source", ["abc", r"\n\"x", r"\u00e9x", r"\ud83d\ude00x", r"a\\b", r"\ud800x", r"\/x", ""])
def test_shifts_lead_from_the_text_to_where_its_end_is_written(source: str) -> None:
    text, shifts = json.loads(f'"{source}"'), shifts_of_escapes(source)
    surplus = shifts[-1][1] if shifts else 0
    assert len(text) + surplus == len(source)
    assert all(after <= len(text) for after, _ in shifts)


def inside(source: str) -> Inside:
    """Return what moves the parts of a string that begins in line 3, column 5."""
    return Inside(json.loads(f'"{source}"'), (3, 5, 3, 5 + len(source) + 2), shifts_of_escapes(source))


@pytest.mark.parametrize(
    ("source", "at", "columns"),
    [
        ("a ${b}", (1, 5, 1, 6), (10, 11)),
        (r"\t ${b}", (1, 5, 1, 6), (11, 12)),
        (r"x\n${b}", (2, 3, 2, 4), (11, 12)),
        (r"\u00e9${b}", (1, 4, 1, 5), (14, 15)),
    ],
)
def test_a_name_stands_where_it_is_written(
    source: str, at: tuple[int, int, int, int], columns: tuple[int, int]
) -> None:
    moved = inside(source).moved(Name("b", at))
    assert moved.at == (3, columns[0], 3, columns[1])
    assert ("    " + f'"{source}"')[columns[0] - 1] == "b"


def test_every_part_of_a_node_is_moved_and_what_is_no_node_stays() -> None:
    node = Template((Constant("a ", (1, 1, 1, 3)), Name("b", (1, 5, 1, 6))), (1, 1, 1, 7))
    moved = inside("a ${b}").moved(node)
    assert (moved.at, [part.at for part in moved.parts]) == ((3, 6, 3, 12), [(3, 6, 3, 8), (3, 10, 3, 11)])
    assert inside("a").moved("word") == "word"


def test_a_literals_own_parts_are_found_behind_the_escapes_of_json() -> None:
    constant = inside(r"\tab").moved(Constant("\tab", (1, 1, 1, 4)))
    assert constant.at == (3, 6, 3, 10)
    assert constant.shifts == ((1, 1),)
