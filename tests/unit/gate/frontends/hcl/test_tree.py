"""The tree is python-hcl2's own, made faster, with the positions that somebody reads."""

from __future__ import annotations

import hcl2
import pytest
from lark.exceptions import UnexpectedInput

from tapeproof.gate.frontends.hcl import tree as module
from tapeproof.gate.frontends.hcl.tree import Node, import_parser, parse_tree


def outline(node: object) -> object:
    """Return the rules and words of a tree, without positions."""
    if not hasattr(node, "data"):
        return str(node)
    return str(node.data), [outline(child) for child in node.children]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = 1",
        'a "b" c {\n  d = [1, e.f[0], g(h...)]\n}\n',
        "a = b ? c + 1 : !d\n",
        'a = "x${b}y"\n',
        "a = { for k, v in b : k => v }\n",
        "a = b[*].c\n",
    ],
)
def test_the_tree_is_the_one_that_python_hcl2_makes(text: str) -> None:
    assert outline(parse_tree(text)) == outline(hcl2.parses_to_tree(text))


def test_nodes_know_from_where_to_where_they_are() -> None:
    tree = parse_tree("a = 1\nbc = 2\n")
    assert isinstance(tree, Node)
    second = [child for child in tree.children[0].children if getattr(child, "data", "") == "attribute"][1]
    assert (second.meta.start_pos, second.meta.end_pos) == (6, 12)


@pytest.mark.parametrize("text", ["a = ", "a = = 1", "{", "a b c"])
def test_what_is_no_hcl_is_python_hcl2s_own_error(text: str) -> None:
    with pytest.raises(UnexpectedInput):
        parse_tree(text)


def test_a_grammar_that_is_not_known_here_is_left_to_python_hcl2(monkeypatch: pytest.MonkeyPatch) -> None:
    import_parser()
    grammar = module._grammar()
    monkeypatch.setattr(grammar, "known", False)
    assert not isinstance(parse_tree("a = 1\n"), Node)
    assert outline(parse_tree("a = 1\n")) == outline(hcl2.parses_to_tree("a = 1\n"))
