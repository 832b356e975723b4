"""Named tuples, made in a tenth of the time: a check has a hundred classes of them, and begins at every commit.

They are what ``typing.NamedTuple`` makes, which evaluates the type of each field and writes each class as source.
Here one function for each number of fields is written, and its names are put in place. Type checkers see the standard
library's class.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from types import FunctionType

    try:
        from _collections import _tuplegetter
    except ImportError:  # not in every Python

        def _tuplegetter(place, about):  # noqa: ANN001, ANN202 - as the standard library's
            from operator import itemgetter  # noqa: PLC0415 - hardly a run needs it

            return property(itemgetter(place), doc=about)

    class _Kind(type):
        """Makes a class of named tuples of what is written below it."""

        def __new__(cls, name, _bases, space):  # noqa: ANN001, ANN204 - as ``type`` has it
            fields = tuple(space.get("__annotations__", ()))
            defaults = {field: space.pop(field) for field in fields if field in space}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"in {name} a field without a default follows one with a default")
            own = {field: _tuplegetter(place, f"Field number {place}") for place, field in enumerate(fields)}
            made = {**_COMMON, **own, "__new__": _write_new(name, fields, defaults, space["__module__"])}
            made |= {"_fields": fields, "__match_args__": fields, "_field_defaults": defaults, "__slots__": ()}
            return type(name, (tuple,), {**made, **space})

    def _write_new(name, fields, defaults, module):  # noqa: ANN001, ANN202 - called above alone
        """Return what makes a tuple of its fields, given by place or by name."""
        code = _code_for(len(fields)).replace(co_name="__new__", co_varnames=("_cls", *fields))
        function = FunctionType(
            code, {"_new": tuple.__new__, "__name__": module}, "__new__", tuple(defaults.values()) or None
        )
        function.__qualname__ = f"{name}.__new__"
        return function

    @cache
    def _code_for(count):  # noqa: ANN001, ANN202 - called above alone
        """Return the code that makes a tuple of so many fields."""
        listed = "".join(f"_{place}, " for place in range(count))
        return eval(f"lambda _cls, {listed}: _new(_cls, ({listed}))", {}).__code__  # noqa: S307 - of numbers alone

    def _make(cls, content):  # noqa: ANN001, ANN202 - as the standard library's
        """Make a tuple of what a sequence holds."""
        made = tuple.__new__(cls, content)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changes):  # noqa: ANN001, ANN003, ANN202 - as above
        """Return the tuple with other values in some fields."""
        made = _make(self.__class__, map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return made

    def _asdict(self):  # noqa: ANN001, ANN202 - as above
        """Return what the tuple holds, by name."""
        return dict(zip(self._fields, self, strict=True))

    def _show(self):  # noqa: ANN001, ANN202 - as above
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{self.__class__.__name__}({shown})"

    def _arguments(self):  # noqa: ANN001, ANN202 - as above
        """Return what copies and pickles make the same tuple of."""
        return tuple(self)

    _COMMON = {
        "_make": classmethod(_make),
        "_replace": _replace,
        "__replace__": _replace,
        "_asdict": _asdict,
        "__repr__": _show,
        "__getnewargs__": _arguments,
    }

    class NamedTuple:
        """What classes of named tuples are written below."""

        def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[type, ...]:
            return (_BASE,)

    _BASE = type.__new__(_Kind, "NamedTuple", (), {})
    NamedTuple = NamedTuple()

__all__ = ["NamedTuple"]
