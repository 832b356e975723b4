"""Records: what is made by the ten thousand and never changed, of fields by name, and how one is made of another.

A record behaves as a data class of the standard library with slots and a hash does. The standard library does not make
it, because that imports ``inspect`` and writes five methods of each class as source, which takes longer than reading a
file of Terraform. What asks it about a record (``dataclasses.fields``, ``replace``) is answered.

That nobody changes a record is for the type checker to see; a frozen one also refuses it while the program runs, for
which it sets each field by a call.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from dataclasses import field, replace

__all__ = ["field", "list_fields", "members", "record", "replace"]

_Record = TypeVar("_Record")
_ABSENT: Any = object()
_FIELDS = "__record_fields__"
_NOT_COPIED = ("__dict__", "__weakref__", "__slots__")


class _Given(NamedTuple):
    """What is said of a field where it is declared."""

    default: Any = _ABSENT
    default_factory: Any = _ABSENT
    compare: bool = True
    repr: bool = True
    kw_only: bool = False


if not TYPE_CHECKING:
    # Type checkers know both as the standard library's.

    def field(*, default=_ABSENT, default_factory=_ABSENT, compare=True, repr=True):  # noqa: A002, ANN001, ANN201
        """Say of a field what its type does not: its default or what makes one, whether it is compared and shown."""
        return _Given(default, default_factory, compare, repr)

    def replace(record, /, **changes):  # noqa: ANN001, ANN003, ANN201 - as above
        """Return a record with other values in some fields: what the standard library's does, in half the time."""
        for name in list_fields(record.__class__):
            if name not in changes:
                changes[name] = getattr(record, name)
        return record.__class__(**changes)


@cache
def list_fields(class_: Any) -> tuple[str, ...]:  # noqa: ANN401 - records have no type of their own
    """Return the names of the fields of a class of records."""
    return tuple(getattr(class_, _FIELDS))


def members(record: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Return what a record holds, by name."""
    return {name: getattr(record, name) for name in list_fields(record.__class__)}


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(
    *, kw_only: bool = False, slots: bool = True, frozen: bool = False
) -> Callable[[type[_Record]], type[_Record]]:
    """Make a record of a class.

    Args:
        kw_only: Whether its fields are given by name.
        slots: Whether it holds nothing but its fields; one that remembers what it worked out holds more.
        frozen: Whether it refuses to be changed while the program runs as well.
    """

    def make(class_: type[_Record]) -> type[_Record]:
        own = _own_fields(class_, kw_only)
        made = _with_slots(class_, own) if slots else _without_specifiers(class_, own)
        inherited = getattr(made, _FIELDS, {})
        _add_methods(made, {**inherited, **own}, frozen)
        return made

    return make


def _own_fields(class_: type, kw_only: bool) -> dict[str, _Given]:
    """Return the fields that a class declares itself.

    Raises:
        ValueError: A default could be changed, and would be for all records at once.
    """
    found = {}
    for name, type_ in _types_of(class_):
        if "ClassVar" in str(type_):
            continue
        written = class_.__dict__.get(name, _ABSENT)
        given = written if isinstance(written, _Given) else _Given(written)
        if given.default.__class__.__hash__ is None:
            raise ValueError(f"the default of {name} can be changed: use default_factory")
        found[name] = given._replace(kw_only=kw_only)
    return found


def _with_slots(class_: type[_Record], own: Mapping[str, _Given]) -> type[_Record]:
    """Return the same class with a slot for each of its own fields."""
    held = {slot for base in class_.__mro__[1:-1] for slot in getattr(base, "__slots__", ())}
    kept = {name: value for name, value in class_.__dict__.items() if name not in own and name not in _NOT_COPIED}
    kept["__slots__"] = tuple(name for name in own if name not in held)
    kind: Any = type(class_)
    made: type[_Record] = kind(class_.__name__, class_.__bases__, kept)
    made.__qualname__ = class_.__qualname__
    return made


def _without_specifiers(class_: type[_Record], own: Mapping[str, _Given]) -> type[_Record]:
    """Return a class with the defaults of its fields where what was said of them stood."""
    for name, given in own.items():
        if given.default is not _ABSENT:
            setattr(class_, name, given.default)
        elif name in class_.__dict__:
            delattr(class_, name)
    return class_


def _add_methods(class_: Any, fields: dict[str, _Given], frozen: bool) -> None:  # noqa: ANN401 - any class
    methods: dict[str, Any] = {"__init__": _write_init(class_, fields, frozen), "__repr__": _show}
    key = _key_of([name for name, given in fields.items() if given.compare])
    methods |= _comparing(key)
    if frozen:
        methods |= {"__setattr__": _refuse_change, "__delattr__": _refuse_change}
        methods |= {"__setstate__": _restore} if "__slots__" in class_.__dict__ else {}
    methods |= {_FIELDS: fields, "__dataclass_fields__": _STANDARD}
    methods["__match_args__"] = tuple(name for name, given in fields.items() if not given.kw_only)
    for name, method in methods.items():
        if name not in class_.__dict__:
            setattr(class_, name, method)


def _write_init(class_: type, fields: Mapping[str, _Given], frozen: bool) -> Callable[..., None]:
    """Return what sets all fields, as if it had been written out: nothing is called as often."""
    known: dict[str, Any] = {"__name__": class_.__module__, "_absent": _ABSENT, "_set": object.__setattr__}
    by_place, by_name, body = ["self"], ["*"], list[str]()
    for name, given in fields.items():
        known |= {f"_default_{name}": given.default, f"_make_{name}": given.default_factory}
        made = given.default_factory is not _ABSENT
        default = "_absent" if made else f"_default_{name}"
        wanted = not made and given.default is _ABSENT
        (by_name if given.kw_only else by_place).append(name if wanted else f"{name}={default}")
        value = f"_make_{name}() if {name} is _absent else {name}" if made else name
        body.append(f"  _set(self, {name!r}, {value})" if frozen else f"  self.{name} = {value}")
    listed = ", ".join([*by_place, *(by_name if by_name[1:] else [])])
    exec("\n".join([f"def __init__({listed}):", *(body or ["  pass"])]), known)  # noqa: S102 - of names in our own source
    written: Callable[..., None] = known["__init__"]
    written.__qualname__ = f"{class_.__qualname__}.__init__"
    return written


def _key_of(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what makes of a record the tuple by which it is compared."""
    listed = list(names)
    if len(listed) > 1:
        return attrgetter(*listed)
    return lambda record: tuple(getattr(record, name) for name in listed)


def _comparing(key: Callable[[Any], tuple[Any, ...]]) -> dict[str, Callable[..., Any]]:
    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it becomes that method
        if other.__class__ is not self.__class__:
            return NotImplemented
        return key(self) == key(other)

    def __hash__(self: object) -> int:  # noqa: N807 - as above
        return hash(key(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


@recursive_repr()
def _show(self: Any) -> str:  # noqa: ANN401 - any record
    shown = (f"{name}={getattr(self, name)!r}" for name, given in getattr(self, _FIELDS).items() if given.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_change(_self: object, name: str, *value: object) -> NoReturn:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - hardly a run needs it

    raise FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")


def _restore(self: object, state: tuple[Any, dict[str, Any]]) -> None:
    """Take what pickling kept, which would set each field by an assignment otherwise."""
    for name, value in state[1].items():
        object.__setattr__(self, name, value)


class _StandardFields:
    """What the standard library wants to know of the fields of a record, worked out when it asks."""

    def __get__(self, _instance: object, class_: type) -> Any:  # noqa: ANN401 - as the standard library has it
        import dataclasses  # noqa: PLC0415 - hardly a run needs it

        types = {name: type_ for base in reversed(class_.__mro__) for name, type_ in _types_of(base)}
        given = getattr(class_, _FIELDS).items()
        made = dataclasses.make_dataclass(
            class_.__name__, [(name, types[name], _as_standard(one)) for name, one in given]
        )
        return made.__dataclass_fields__  # type: ignore[attr-defined] # it is what makes it a data class


_STANDARD = _StandardFields()


def _types_of(class_: type) -> Iterable[tuple[str, Any]]:
    """Yield the types of the fields that a class declares itself, as they are written."""
    types: dict[str, Any] = class_.__dict__.get("__annotations__", {})  # noqa: RUF063 - without importing inspect
    return types.items()


def _as_standard(given: _Given) -> Any:  # noqa: ANN401 - typed as the field's own type
    import dataclasses  # noqa: PLC0415 - as above

    kept = {"default": given.default, "default_factory": given.default_factory}
    said = {name: value for name, value in kept.items() if value is not _ABSENT}
    return dataclasses.field(**said, compare=given.compare, repr=given.repr, kw_only=given.kw_only)
