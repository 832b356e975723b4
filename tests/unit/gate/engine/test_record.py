"""Records: made fast, otherwise as data classes are, and made of another with some fields changed."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.gate.engine.model import Finding, Known, Piece, Ref, Span, Unknown, Value, Verdict
from tapeproof.gate.engine.record import field, list_fields, members, record, replace
from tests.effort import cases

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Span("main.tf", 3, 1, 3, 9)
VALUES: list[Value] = [
    Known("text", span=HERE, pieces=(Piece("text", HERE),)),
    Known((Known(1), Known(None)), kind="tuple", sensitive=True),
    Ref("aws_sqs_queue.q", "arn", document=Known({})),
    Unknown("it has no value", "var.x", pairs=((Known("a"), Known("b")),)),
]


@record(kw_only=True)
class Named:
    """A record whose fields are given by name."""

    name: str
    number: int = 0


@record(slots=False)
class Remembering:
    """A record that works something out once."""

    parts: tuple[str, ...]
    common: ClassVar[int] = 3
    limit: int = 5

    @cached_property
    def length(self) -> int:
        """How long all parts are."""
        return sum(map(len, self.parts))


@record(frozen=True)
class Said:
    """A record that cannot be changed while the program runs either."""

    word: str
    notes: list[str] = field(default_factory=list, compare=False)


class Member(NamedTuple):
    """One field of a class that is made by both."""

    name: str
    said: dict[str, Any]


class Kind(NamedTuple):
    """A class that is made by both: its fields, and whether they are given by name."""

    members: tuple[Member, ...]
    kw_only: bool = False


PLAIN = Kind((Member("a", {}), Member("b", {"default": 2})))
KINDS = {
    "without fields": (Kind(()),),
    "one field": (Kind((Member("only", {}),)),),
    "a default": (PLAIN,),
    "by name": (Kind((Member("a", {"default": ""}), Member("b", {})), kw_only=True),),
    "a factory": (Kind((Member("a", {}), Member("b", {"default_factory": list}))),),
    "neither compared nor shown": (
        Kind((Member("a", {}), Member("b", {"default": 0, "compare": False, "repr": False}))),
    ),
    "inherited": (PLAIN, Kind((Member("c", {"default_factory": dict, "compare": False}),))),
    "inherited, by name and by place": (
        Kind(PLAIN.members, kw_only=True),
        Kind((Member("c", {}), Member("d", {"default": 1}))),
    ),
    "declared again": (PLAIN, Kind((Member("a", {"default": 7, "repr": False}),))),
    "thrice": (PLAIN, Kind((), kw_only=True), Kind((Member("z", {"default": None}),))),
}


def make_by_both(kinds: tuple[Kind, ...]) -> tuple[type, type]:
    """Return the last of some classes, each of which inherits from the one before, as record and as data class."""
    ours, theirs = object, object
    for kind in kinds:
        ours = record(kw_only=kind.kw_only)(_write_class(ours, kind, field))
        decorate: Any = dataclasses.dataclass(slots=True, unsafe_hash=True, kw_only=kind.kw_only)
        theirs = decorate(_write_class(theirs, kind, dataclasses.field))
    return ours, theirs


def _write_class(base: type, kind: Kind, specifier: Callable[..., Any]) -> type:
    annotations = {one.name: "int" for one in kind.members}
    defaults = {one.name: _say(one.said, specifier) for one in kind.members if one.said}
    return type("Class", (base,), {"__annotations__": annotations, "__module__": __name__, **defaults})


def _say(said: dict[str, Any], specifier: Callable[..., Any]) -> Any:  # noqa: ANN401 - a default, or what is said of it
    return said["default"] if said.keys() == {"default"} else specifier(**said)


def describe(class_: type, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the class takes
    """Return how what a class makes of some arguments looks from outside."""
    try:
        made = class_(*arguments, **named)
    except TypeError:
        return "refused"
    shown = [one.name for one in dataclasses.fields(made) if one.repr]
    held = {one.name: getattr(made, one.name) for one in dataclasses.fields(made)}
    return (
        held,
        repr(made),
        shown,
        _hash_of(made),
        made == class_(*arguments, **named),
        made != 3,
        copy.copy(made) == made,
    )


def _hash_of(made: object) -> int | str:
    try:
        return hash(made)
    except TypeError:
        return "unhashable"


def assert_made_alike(kinds: tuple[Kind, ...]) -> None:
    """Hold a record against a data class: its shape, and what it makes of too few, enough and too many arguments."""
    ours, theirs = make_by_both(kinds)
    for name in ("__slots__", "__match_args__", "__qualname__"):
        assert getattr(ours, name) == getattr(theirs, name), name
    told = ("name", "default", "compare", "repr", "kw_only", "init", "type")
    listed = [[[getattr(one, name) for name in told] for one in dataclasses.fields(made)] for made in (ours, theirs)]
    assert _without_absence(listed[0]) == _without_absence(listed[1])
    names = list_fields(ours)
    assert names == tuple(one.name for one in dataclasses.fields(theirs))
    for count in range(len(names) + 2):
        assert describe(ours, *range(count)) == describe(theirs, *range(count)), count
        for given_ in (dict.fromkeys(names[count:], 9), dict.fromkeys(names[:count], 9), {"other": 1}):
            assert describe(ours, *range(count), **given_) == describe(theirs, *range(count), **given_), (count, given_)
            assert describe(ours, **given_) == describe(theirs, **given_), given_


def _without_absence(rows: list[list[Any]]) -> list[list[Any]]:
    return [["absent" if one is dataclasses.MISSING else one for one in row] for row in rows]


@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS)
def test_a_record_is_as_a_data_class_with_slots_and_a_hash(kinds: tuple[Kind, ...]) -> None:
    assert_made_alike(kinds)


_NAMES = st.sampled_from(["a", "b", "c", "self_", "value", "_hidden"])
_SAID: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"default": st.sampled_from([0, None, "x", (1,)])}),
    st.fixed_dictionaries({"default": st.just(1)}, optional={"compare": st.booleans(), "repr": st.booleans()}),
    st.fixed_dictionaries({"default_factory": st.sampled_from([list, dict, int])}, optional={"compare": st.booleans()}),
)
_KINDS = st.builds(
    Kind,
    st.lists(st.builds(Member, _NAMES, _SAID), unique_by=lambda one: one.name, max_size=4).map(tuple),
    st.booleans(),
)


@given(st.lists(_KINDS, min_size=1, max_size=3).map(tuple))
@settings(max_examples=cases(60))
def test_any_record_is_as_such_a_data_class(kinds: tuple[Kind, ...]) -> None:
    try:
        make_by_both(kinds)
    except (TypeError, SyntaxError):  # a field without a default after one that has one
        with pytest.raises(TypeError):
            _as_data_class(kinds)
        return
    assert_made_alike(kinds)


def _as_data_class(kinds: tuple[Kind, ...]) -> type:
    made: type = object
    for kind in kinds:
        decorate: Any = dataclasses.dataclass(slots=True, unsafe_hash=True, kw_only=kind.kw_only)
        made = decorate(_write_class(made, kind, dataclasses.field))
    return made


@pytest.mark.parametrize("value", VALUES)
def test_a_record_made_of_another_is_as_the_standard_library_makes_it(value: Value) -> None:
    for changes in ({}, {"span": HERE}, {"sensitive": True, "document": Known("x")}):
        made, wanted = replace(value, **changes), dataclasses.replace(value, **changes)
        assert (made, type(made), repr(made)) == (wanted, type(wanted), repr(wanted))


def test_a_record_without_such_a_field_says_so() -> None:
    with pytest.raises(TypeError, match="colour"):
        replace(Known(1), colour="red")  # type: ignore[call-arg]


def test_records_are_equal_by_their_fields_and_have_no_others() -> None:
    assert Named(name="a") == Named(name="a", number=0) != Named(name="b")
    assert len({Named(name="a"), Named(name="a"), Named(name="a", number=1)}) == 2
    with pytest.raises(AttributeError):
        Named(name="a").other = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Named("a")  # type: ignore[call-arg]


def test_a_record_is_not_equal_to_one_of_another_class_with_the_same_fields() -> None:
    @record(kw_only=True)
    class Other(Named):
        pass

    assert Other(name="a") != Named(name="a")


def test_a_record_without_slots_remembers_what_it_worked_out_and_is_equal_all_the_same() -> None:
    one, other = Remembering(("a", "bc")), Remembering(("a", "bc"))
    assert (one.length, one.limit, one.common) == (3, 5, 3)
    assert (one == other, hash(one) == hash(other), list_fields(Remembering)) == (True, True, ("parts", "limit"))
    assert repr(one) == "Remembering(parts=('a', 'bc'), limit=5)"


def test_a_frozen_record_refuses_a_change_and_may_be_copied_and_sent() -> None:
    said = Said("yes", ["aloud"])
    for name in ("word", "other"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(said, name, "no")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del said.word
    for made in (copy.copy(said), copy.deepcopy(said), pickle.loads(pickle.dumps(said)), replace(said)):
        assert (made, made.notes) == (said, ["aloud"])


@pytest.mark.parametrize("made", [*VALUES, Named(name="a"), Remembering(("a",)), Finding(Verdict.FAIL, "it is wrong")])
def test_records_travel_between_processes(made: object) -> None:
    assert pickle.loads(pickle.dumps(made)) == made
    assert copy.deepcopy(made) == made


def test_each_record_has_its_own_of_what_is_made_for_it() -> None:
    one, other = Said("a"), Said("a")
    one.notes.append("changed")
    assert other.notes == []


def test_a_default_that_all_records_would_share_is_refused() -> None:
    with pytest.raises(ValueError, match="notes"):

        @record()
        class Shared:
            notes: list[str] = []  # noqa: RUF012 - what is refused


def test_the_members_of_a_record_are_what_it_holds_by_name() -> None:
    assert (
        members(Named(name="a", number=2))
        == {"name": "a", "number": 2}
        == dataclasses.asdict(Named(name="a", number=2))
    )


def test_a_record_that_holds_itself_can_be_shown() -> None:
    said = Said("a")
    said.notes.append(said)  # type: ignore[arg-type]
    assert repr(said) == "Said(word='a', notes=[...])"


def test_a_record_can_be_matched_by_place() -> None:
    match Remembering(("a",), 4):
        case Remembering(parts, limit):
            assert (parts, limit) == (("a",), 4)
        case _:
            pytest.fail("it does not match")
