"""Templates of python-hcl2's tree are put together as the native reader does it."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Constant, Name, Template, TemplateFor, TemplateIf
from tapeproof.gate.frontends.hcl.positions import Positions
from tapeproof.gate.frontends.hcl.reference import read_body


def read(text: str) -> object:
    whole = f"x = {text}\n"
    return read_body(whole, "x.tf", Positions(whole)).attributes[0].expression


def parts(text: str) -> list[object]:
    node = read(text)
    assert isinstance(node, Template)
    return [part.value if isinstance(part, Constant) else type(part).__name__ for part in node.parts]


def test_text_alone_is_a_constant_and_an_expression_alone_is_itself() -> None:
    assert read('"a\\tb"') == Constant("a\tb", (1, 5, 1, 11), ((2, 1),))
    assert read('""') == Constant("", (1, 5, 1, 7))
    assert read('"${a}"') == Name("a", (1, 8, 1, 9))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"a${b}c"', ["a", "Name", "c"]),
        ('"${"a"}b"', ["Template", "b"]),
        ('"a ${~ b ~} c"', ["a", "Name", "c"]),
        ('"%{ if a }b%{ else }c%{ endif }"', ["TemplateIf"]),
        ('"%{ for k, v in a }b%{ endfor }"', ["TemplateFor"]),
        ("<<E\na\n  ${b}\nE", ["a\n", "  ", "Name", "\n"]),
        ("<<-E\n    a\n      ${b}\n  E", ["a\n", "  ", "Name", "\n"]),
        ("<<E\na\nE", ["a\n"]),
    ],
)
def test_a_template_is_its_parts_in_order(text: str, found: list[str]) -> None:
    assert parts(text) == found


def test_directives_keep_their_names_and_alternatives() -> None:
    loop, choice = read('"%{ for k, v in a }b%{ endfor }%{ if c }d%{ endif }"').parts  # type: ignore[attr-defined]
    assert isinstance(loop, TemplateFor)
    assert (loop.key, loop.value) == ("k", "v")
    assert isinstance(choice, TemplateIf)
    assert [part.value for part in choice.then] == ["d"]
    assert choice.otherwise == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"\\q"', "x.tf:1:6: there is no escape"),
        ('"%{ if a }b"', "x.tf:1:6: a template's 'if' is not closed"),
        ('"%{ endif }"', "x.tf:1:6: a template's 'endif' closes nothing"),
    ],
)
def test_a_template_that_is_none_is_refused_at_its_place(text: str, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(text)
    assert str(raised.value).startswith(message)
