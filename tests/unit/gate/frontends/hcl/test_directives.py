"""Directives of templates close what they open."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.syntax import Constant, Name, Template, TemplateFor, TemplateIf
from tapeproof.gate.frontends.hcl.directives import Directive, assemble_directives, wrap_literal
from tapeproof.gate.frontends.hcl.masking import MaskingError

AT = (1, 1, 1, 2)
A, B = Constant("a", AT), Constant("b", AT)


def sequence(word: str, position: int = 0) -> Directive:
    return Directive(word, Name("x", AT), ("", "v") if word == "for" else ("", ""), AT, position)


IF, ELSE, ENDIF, FOR, ENDFOR = map(sequence, ("if", "else", "endif", "for", "endfor"))


def test_what_stands_between_is_an_alternative_or_is_repeated() -> None:
    condition = Name("x", AT)
    assert assemble_directives([IF, A, ENDIF]) == (TemplateIf(condition, (A,), (), AT),)
    assert assemble_directives([IF, A, ELSE, B, ENDIF]) == (TemplateIf(condition, (A,), (B,), AT),)
    assert assemble_directives([FOR, A, ENDFOR, B]) == (TemplateFor("", "v", condition, (A,), AT), B)


def test_directives_lie_in_each_other() -> None:
    (outer,) = assemble_directives([FOR, IF, A, ELSE, FOR, B, ENDFOR, ENDIF, ENDFOR])
    assert isinstance(outer, TemplateFor)
    (inner,) = outer.parts
    assert isinstance(inner, TemplateIf)
    assert isinstance(inner.otherwise[0], TemplateFor)


@pytest.mark.parametrize(
    "nodes",
    [
        [ENDIF],
        [ELSE],
        [ENDFOR],
        [IF, ENDFOR],
        [FOR, ENDIF],
        [FOR, ELSE, ENDFOR],
        [IF, ELSE, ELSE, ENDIF],
        [IF, ENDIF, ENDIF],
    ],
)
def test_what_closes_nothing_is_refused(nodes: list[Directive]) -> None:
    with pytest.raises(MaskingError, match="closes nothing"):
        assemble_directives(nodes)


def test_what_is_not_closed_is_told_where_it_opens() -> None:
    with pytest.raises(MaskingError, match="a template's 'for' is not closed") as raised:
        assemble_directives([sequence("if", 3), A, sequence("for", 9)])
    assert raised.value.position == 9


def test_an_interpolated_string_is_not_taken_for_literal_text() -> None:
    assert wrap_literal(A, AT) == Template((A,), AT)
    assert wrap_literal(Constant(5, AT), AT) == Constant(5, AT)
    assert wrap_literal(Name("x", AT), AT) == Name("x", AT)
