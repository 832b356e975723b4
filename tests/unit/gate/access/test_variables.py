"""Policy variables: found, put in, and literal where the document's version knows none.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.access.variables import expand, variables_of
from tests.effort import seconds_here


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("a/${aws:UserName}/b", ("aws:username",)),
        ("${ aws:username }", ("aws:username",)),
        ("${aws:username, 'nobody'}", ("aws:username",)),
        ("${aws:PrincipalTag/cost center}", ("aws:principaltag/cost center",)),
        ("${*}${?}${$}", ()),
        ("${a}${b}", ("a", "b")),
        ("${", ()),
        ("${}", ()),
        ("$aws:username", ()),
        ("${aws:username", ()),
    ],
)
def test_keys_are_found(text: str, expected: tuple[str, ...]) -> None:
    assert variables_of(text, live=True) == expected
    assert variables_of(text, live=False) == ()


def _text(text: str, *, live: bool = True, **values: str) -> tuple[str, str] | None:
    carried = {f"aws:{key}": value for key, value in values.items()}
    marked = expand(text, carried.get, live=live)
    if marked is None:
        return None
    return "".join(letter for letter, _ in marked), "".join(letter for letter, wild in marked if wild)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("home/${aws:username}/*", ("home/m*/*", "*")),
        ("home/${ aws:UserName }/?", ("home/m*/?", "?")),
        ("${*}-${?}-${$}", ("*-?-$", "")),
        ("${aws:userid, 'none'}*", ("none*", "*")),
        ("${aws:userid, ''}", ("", "")),
        ("${aws:userid}", None),
        ("${unclosed*", ("${unclosed*", "*")),
    ],
)
def test_a_value_is_put_in_and_its_wildcards_are_letters(text: str, expected: tuple[str, str] | None) -> None:
    assert _text(text, username="m*") == expected


def test_an_old_document_has_no_variables() -> None:
    assert _text("${aws:username}*", live=False, username="mara") == ("${aws:username}*", "*")


def test_a_text_without_wildcards_keeps_none() -> None:
    marked = expand("a*?", lambda _: None, live=True, wild=False)
    assert marked == (("a", False), ("*", False), ("?", False))


@pytest.mark.parametrize("text", ["${" + " " * 20_000, "${" * 20_000, "${a,'" * 10_000, "${a," + " " * 20_000])
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    assert variables_of(text, live=True) == ()
    assert time.process_time() - begun < seconds_here(5)
