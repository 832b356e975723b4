"""Named tuples: made fast, otherwise as the standard library's are."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

MISSING: Any = {"name": "a", "unknown": 1}


class Ours(NamedTuple):
    """Made here."""

    name: str
    number: int = 3
    parts: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """How many parts there are."""
        return len(self.parts)

    def renamed(self, name: str) -> Ours:
        """Return it by another name."""
        return self._replace(name=name)


class Theirs(typing.NamedTuple):
    """Made by the standard library, of the same fields."""

    name: str
    number: int = 3
    parts: tuple[str, ...] = ()


class Shown(NamedTuple):
    """One that says itself how it is shown."""

    word: str

    def __str__(self) -> str:
        """Return the word."""
        return self.word

    def __repr__(self) -> str:
        """Return the word between bars."""
        return f"|{self.word}|"


@pytest.mark.parametrize(
    "ask",
    [
        lambda made: made("a"),
        lambda made: made("a", 1, ("b",)),
        lambda made: made(number=1, name="a"),
        lambda made: made(*"abc"),
        lambda made: made._make(["a", 1, ()]),
        lambda made: made("a")._replace(number=9),
        lambda made: made("a")._asdict(),
        lambda made: made._fields,
        lambda made: made._field_defaults,
        lambda made: made.__match_args__,
        lambda made: made.__bases__,
        lambda made: made("a", parts=("b", "c")).parts,
        lambda made: hash(made("a", 2)),
        lambda made: sorted([made("b"), made("a", 2), made("a", 1)]),
        lambda made: copy.deepcopy(made("a", 1, ("x",))),
        lambda made: pickle.loads(pickle.dumps(made("a", 1, ("x",)))),
        lambda made: repr(made("a", 1, ("x",))).partition("(")[2],
        lambda made: [each for each in dir(made) if each in dir(Theirs)],
    ],
)
def test_it_answers_as_the_standard_librarys_does(ask: Callable[[Any], Any]) -> None:
    assert ask(Ours) == ask(Theirs)


@pytest.mark.parametrize(
    "ask",
    [
        lambda made: made(),
        lambda made: made("a", 1, (), 4),
        lambda made: made("a", name="b"),
        lambda made: made(**MISSING),
        lambda made: made._make(["a"]),
        lambda made: made._make(range(4)),
        lambda made: made("a")._replace(unknown=1),
        lambda made: setattr(made("a"), "name", "b"),
        lambda made: setattr(made("a"), "another", "b"),
    ],
)
def test_it_refuses_what_the_standard_librarys_does(ask: Callable[[Any], Any]) -> None:
    errors = []
    for made in (Ours, Theirs):
        with pytest.raises((TypeError, ValueError, AttributeError)) as raised:
            ask(made)
        errors.append((raised.type, str(raised.value).replace(made.__name__, "it")))
    assert errors[0] == errors[1]


def test_it_is_shown_by_its_name_and_fields() -> None:
    assert repr(Ours("a", 1)) == "Ours(name='a', number=1, parts=())"


def test_its_own_methods_and_properties_stay() -> None:
    made = Ours("a", parts=("b", "c"))
    assert (made.length, made.renamed("z")) == (2, Ours("z", 3, ("b", "c")))
    assert (str(Shown("x")), repr(Shown("x"))) == ("x", "|x|")


def test_it_is_matched_by_place_and_by_name() -> None:
    match Ours("a", 7):
        case Ours(name, number=7):
            assert name == "a"
        case _:
            pytest.fail("it was not matched")


def test_types_are_told_by_name() -> None:
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)


def test_a_field_without_a_default_behind_one_with_a_default_is_refused() -> None:
    space = {"__annotations__": {"a": "int", "b": "int"}, "a": 1, "__module__": __name__}
    maker: Any = type(NamedTuple.__mro_entries__(())[0])  # type: ignore[attr-defined] # the type checker sees another
    with pytest.raises(TypeError, match="without a default follows"):
        maker("Wrong", (), space)


@pytest.mark.parametrize("count", [0, 1, 2, 17])
def test_there_may_be_any_number_of_fields(count: int) -> None:
    names = [f"field_{place}" for place in range(count)]
    maker: Any = type(NamedTuple.__mro_entries__(())[0])  # type: ignore[attr-defined] # as above
    made = maker("Many", (), {"__annotations__": dict.fromkeys(names, "int"), "__module__": __name__})
    one = made(**{name: place for place, name in enumerate(names)})
    assert one == tuple(range(count))
    assert [getattr(one, name) for name in names] == list(range(count))
