"""python-hcl2's tree becomes the evaluator's syntax, each node at its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tapeproof.gate.engine.evaluator.syntax import (
    Binary,
    Call,
    Conditional,
    Constant,
    ForList,
    ForMap,
    GetAttribute,
    Index,
    Listing,
    Name,
    Object,
    Parenthesis,
    Splat,
    Unary,
)
from tapeproof.gate.frontends.hcl.lowering import Lowering
from tapeproof.gate.frontends.hcl.masking import MaskingError, mask
from tapeproof.gate.frontends.hcl.positions import Positions
from tapeproof.gate.frontends.hcl.tree import parse_tree


def body(text: str) -> object:
    masked = mask(text)
    return Lowering(text, masked, Positions(text)).body(parse_tree(masked.text).children[0])


def lowered(expression: str) -> object:
    return body(f"x = {expression}\n").attributes[0].expression  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[1, a]", Listing),
        ("{ a = 1 }", Object),
        ("a.b", GetAttribute),
        ("a[0]", Index),
        ("a.0", Index),
        ("a[*].b", Splat),
        ("a.*.b", Splat),
        ("f(a...)", Call),
        ("a ? b : c", Conditional),
        ("a + b", Binary),
        ("!a", Unary),
        ("(a)", Parenthesis),
        ("[for x in a : x]", ForList),
        ("{ for k, v in a : k => v... if v }", ForMap),
        ("null", Constant),
        ("a", Name),
    ],
)
def test_each_kind_of_expression_is_its_own_node_over_all_its_text(text: str, kind: type) -> None:
    node = lowered(text)
    assert isinstance(node, kind)
    assert node.at == (1, 5, 1, 5 + len(text))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("1.50", Decimal("1.5")),
        ("1e3", 1000),
        ("-5", -5),
        ("true", True),
        ("0." + "1" * 60, Decimal("0." + "1" * 60)),
    ],
)
def test_numbers_and_words_are_constants(text: str, value: object) -> None:
    node = lowered(text)
    assert isinstance(node, Constant)
    assert node.value == value
    assert type(node.value) is type(value)


def test_operators_bind_as_strongly_as_they_do() -> None:
    node = lowered("a || b && c == d + e * f")
    signs = []
    while isinstance(node, Binary):
        signs.append(node.operator)
        node = node.right
    assert signs == ["||", "&&", "==", "+", "*"]


def test_a_chain_of_operators_is_as_deep_on_its_left_as_it_is_long() -> None:
    assert isinstance(lowered(" + ".join(["1"] * 2000)), Binary)


def test_a_bare_word_as_key_is_text_and_one_in_parentheses_is_a_name() -> None:
    node = lowered('{ a = 1, (b) = 2, null = 3, "c" : 4 }')
    assert isinstance(node, Object)
    keys = [key for key, _ in node.items]
    assert [getattr(key, "value", key.inner.name if isinstance(key, Parenthesis) else None) for key in keys] == [
        "a",
        "b",
        "null",
        "c",
    ]


def test_what_follows_a_splat_happens_to_each_element() -> None:
    node = lowered("a[*].b[*].c")
    assert isinstance(node, Splat)
    assert node.steps[0] == "b"
    assert isinstance(node.steps[1], Splat)
    assert node.steps[1].steps == ("c",)


def test_blocks_keep_their_labels_and_where_they_end() -> None:
    (block,) = body('resource "a" b {\n  c = 1\n}\n').blocks  # type: ignore[attr-defined]
    assert (block.type, block.labels, block.at, block.end) == ("resource", ("a", "b"), (1, 1, 1, 15), (3, 1, 3, 2))


def test_a_number_that_nobody_writes_is_refused() -> None:
    with pytest.raises(MaskingError, match="too many digits"):
        lowered("1e401")


@pytest.mark.parametrize(
    "text",
    [
        "locals { a = 1 b = 2 }\n",
        "a = 1 b = 2\n",
        "a = <<X\nx\nX\nb {} c {}\n",
        "a {\n}  b = 1\n",
        "a = 1 /* x */ b = 2\n",
    ],
)
def test_two_on_a_line_are_refused_as_terraform_refuses_them(text: str) -> None:
    with pytest.raises(MaskingError, match="a new line is expected"):
        body(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\n/* x */ b = 2\n",
        "a = 1 /* x\n*/\nb = 2\n",
        "a = 1 # x\nb = 2\n",
        "a = [\n1\n]\n\n\n  b {}\n",
        "a {\n b = 1 }\n",
    ],
)
def test_comments_and_blank_lines_between_them_do_not_matter(text: str) -> None:
    assert body(text)
