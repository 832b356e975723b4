"""Files and blocks, read natively; what is rare or no HCL is left to the reference."""

from __future__ import annotations

import pytest

from tapeproof.gate.frontends.hcl.native.bodies import read_body
from tapeproof.gate.frontends.hcl.positions import Positions


def read(text: str) -> object:
    return read_body(text, Positions(text))


@pytest.mark.parametrize(
    ("text", "attributes", "blocks"),
    [
        ("", [], []),
        ("# only a comment", [], []),
        ("a = 1\nb = 2", ["a", "b"], []),
        ("a=1 // c\n\n/* d */ b { }\n", ["a"], [("b", ())]),
        ('a "x" y {\n}\nb {}\n', [], [("a", ("x", "y")), ("b", ())]),
        ("\ufeffa = 1\r\nb = 2\r\n", ["a", "b"], []),
    ],
)
def test_attributes_and_blocks_are_read_in_order(
    text: str, attributes: list[str], blocks: list[tuple[str, tuple[str, ...]]]
) -> None:
    body = read(text)
    assert [one.name for one in body.attributes] == attributes  # type: ignore[attr-defined]
    assert [(one.type, one.labels) for one in body.blocks] == blocks  # type: ignore[attr-defined]


def test_places_are_those_of_names_headers_and_closing_braces() -> None:
    (block,) = read('a "x" {\n  b = 1\n}\n').blocks  # type: ignore[attr-defined]
    assert (block.at, block.end) == ((1, 1, 1, 6), (3, 1, 3, 2))
    assert block.body.attributes[0].at == (2, 3, 2, 4)


@pytest.mark.parametrize(
    "text",
    [
        "a = ",
        "a {",
        "}",
        "a = 1 b = 2",
        "a == 1",
        'a "${b}" {}',
        "é = 1",
        'a = "\\q"',
        "a = <<E\n",
        "a " + "{ a " * 100,
        "\0",
    ],
)
def test_what_is_rare_or_no_hcl_is_not_taken(text: str) -> None:
    assert read(text) is None
