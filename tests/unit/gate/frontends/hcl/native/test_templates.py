"""Quoted strings and heredocs, read natively as the reference reads them."""

from __future__ import annotations

import pytest

from tapeproof.gate.frontends.hcl import reference
from tapeproof.gate.frontends.hcl.directives import MaskingError
from tapeproof.gate.frontends.hcl.literals import EscapeError
from tapeproof.gate.frontends.hcl.native.cursor import NotTakenError
from tapeproof.gate.frontends.hcl.native.expressions import Expressions
from tapeproof.gate.frontends.hcl.positions import Positions


def native(text: str) -> object:
    whole = f"x = {text}\n"
    reader = Expressions(whole, Positions(whole))
    reader.here = 4
    return reader.read_quoted(4) if text.startswith('"') else reader.heredoc(4)


@pytest.mark.parametrize(
    "text",
    [
        '""',
        '"a\\tb"',
        '"${a}"',
        '"a${b}c${d}"',
        '"${"a"}"',
        '"$${a} %%{b} 5% $"',
        '"a ${~ b ~} c"',
        '"${ {a = 1} }"',
        '"${\na\n}"',
        '"%{ if a }b%{ else }c%{ endif }"',
        '"%{~ for k, v in a ~} b %{~ endfor ~}"',
        "<<E\nE",
        "<<E\na\n  b\nE",
        "<<-E\n    a\n      ${b}\n\n    c\n  E",
        "<<E-1.x\n${a} \\n $${b}\nE-1.x",
        "<<E\n%{ if a ~}\n  b\n%{ endif }\nE",
        "<<E\r\na\r\nE",
        "<<E\nnot E\nE x\nE",
    ],
)
def test_a_template_is_read_as_the_reference_reads_it(text: str) -> None:
    whole = f"x = {text}\n"
    assert native(text) == reference.read_body(whole, "x.tf", Positions(whole)).attributes[0].expression


@pytest.mark.parametrize(
    "text",
    [
        '"a',
        '"a\nb"',
        '"${a"',
        '"${}"',
        '"%{ iff a }"',
        '"%{ for in in a }%{ endfor }"',
        '"%{ for true in a }%{ endfor }"',
        '"\\q"',
        '"%{ endif }"',
        '"%{ if a }"',
        "<<E\na",
        "<<E a\nE",
        "<<E\n${a\nE\n}",
    ],
)
def test_what_is_rare_or_none_is_left_to_the_reference(text: str) -> None:
    with pytest.raises((NotTakenError, MaskingError, EscapeError)):
        native(text)
