"""The reference reads through python-hcl2, and says where text is no HCL."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Body, Name
from tapeproof.gate.frontends.hcl.positions import Positions
from tapeproof.gate.frontends.hcl.reference import read_body


def read(text: str) -> Body:
    return read_body(text, "x.tf", Positions(text))


def test_what_the_native_reader_leaves_is_read() -> None:
    body = read("é = (\n  ab # comment\n)\n")
    (attribute,) = body.attributes
    assert (attribute.name, attribute.at) == ("é", (1, 1, 1, 2))
    assert attribute.expression.inner == Name("ab", (2, 3, 2, 5))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ]", "x.tf:1:5: ']' closes nothing"),
        ("a = = 1", "x.tf:1:5: '= 1' is not expected here"),
        ("a =", "x.tf:1:4: the file ends in the middle of something"),
        ("a\n= 1", "x.tf:2:1: '=' is not expected here"),
        ('a "${b}" {}', "x.tf:1:3: a block's label cannot hold an interpolation"),
        (f"a = [1 {'b' * 99}]", f"x.tf:1:8: {'b' * 40!r} is not expected here"),
        ("a = 1e999", "x.tf:1:5: this number has too many digits"),
        ("a = 1e99999999999999999999", "x.tf:1:5: this number has too many digits"),
        ("a = -1e-99999999999999999999", "x.tf:1:5: this number has too many digits"),
        ("\ufeffa = ]", "x.tf:1:5: ']' closes nothing"),
    ],
)
def test_what_is_no_hcl_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(text)
    assert str(raised.value) == message
