"""Whatever is in a file, the front end reads it or says where it cannot; it never crashes."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hcl2
import pygohcl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.gate.engine.errors import GateError, SourceError
from tapeproof.gate.frontends.hcl.json_syntax import parse_json
from tapeproof.gate.frontends.hcl.masking import mask
from tapeproof.gate.frontends.hcl.parser import parse_hcl
from tapeproof.gate.frontends.hcl.reader import read
from tapeproof.gate.frontends.hcl.tree import parse_tree
from tests.effort import cases
from tests.property.gate.engine import grammar

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

WORDS = st.sampled_from(["a", "name", "in", "for", "if", "null_1", "content", "x-y", "é"])
COMMENTS = st.sampled_from(["", " # done", " // done", " /* a\n b */", ' # ${not} "closed'])
HEREDOCS = st.tuples(st.sampled_from(["<<", "<<-"]), st.text('ab ${}%~"\\#', max_size=12)).map(
    lambda parts: f"{parts[0]}END\n    {parts[1].replace('${', '$${').replace('%{', '%%{')}\n  END"
)


def attributes() -> SearchStrategy[str]:
    value = st.one_of(grammar.anything(1), HEREDOCS)
    return st.tuples(WORDS, value, COMMENTS).map(
        lambda parts: f"{parts[0]} = {parts[1]}{'' if parts[1].endswith('END') else parts[2]}\n"
    )


def bodies(depth: int) -> SearchStrategy[str]:
    parts: SearchStrategy[str] = attributes()
    if depth:
        block = st.tuples(WORDS, st.sampled_from(["", ' "x"', " y"]), bodies(depth - 1)).map(
            lambda made: f"{made[0]}{made[1]} {{\n{made[2]}}}\n"
        )
        parts = st.one_of(parts, block)
    return st.lists(parts, max_size=4).map("".join)


@settings(max_examples=cases(60))
@given(bodies(2))
def test_valid_hcl_is_read(text: str) -> None:
    parse_hcl(text, "x.tf")


def shape(tree: Any) -> Any:  # noqa: ANN401 - lark has no types
    """Return what of a tree matters: rules, words and their positions."""
    if not hasattr(tree, "data"):
        return tree.type, str(tree), tree.start_pos, tree.end_pos
    place = (getattr(tree.meta, "start_pos", -1), getattr(tree.meta, "end_pos", -1))
    return str(tree.data), place, [shape(child) for child in tree.children]


@settings(max_examples=cases(60))
@given(bodies(2))
def test_the_tree_is_the_one_that_python_hcl2_makes(text: str) -> None:
    masked = mask(text).text
    assert shape(parse_tree(masked)) == shape(hcl2.parses_to_tree(masked))


@settings(max_examples=cases(60))
@given(bodies(1), st.integers(0, 200), st.text("{}[]()\"'$%~<>-=,.:#/*\\\n\r\t\x00 aé0", max_size=4))
def test_damaged_hcl_is_read_or_refused_with_its_place(text: str, place: int, damage: str) -> None:
    place = min(place, len(text))
    refused = None
    try:
        parse_hcl(text[:place] + damage + text[place:], "x.tf")
    except SourceError as error:
        refused = error
    assert refused is None or str(refused).startswith("x.tf:")


@settings(max_examples=cases(60))
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_hcl, parse_json):
        with contextlib.suppress(SourceError):
            parse(text, "x.tf.json")


@settings(max_examples=cases(20))
@given(body=bodies(1))
def test_a_root_with_anything_in_it_is_judged_or_refused(body: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("root")
    (root / "main.tf").write_text(f'resource "aws_sqs_queue" "q" {{\n{body}}}\n', encoding="utf-8")
    with contextlib.suppress(GateError):
        stack = read(root)
        for value in next(iter(stack.resources())).values():
            assert value.known or value.why or list(value.parts())


@pytest.mark.parametrize("text", Path(__file__).with_name("accepted.txt").read_text(encoding="utf-8").split("\n---\n"))
def test_what_hashicorps_parser_accepts_is_accepted(text: str) -> None:
    pygohcl.loads(text)
    parse_hcl(text, "x.tf")
