"""Rules of composite alarms: whether one goes off because an alarm in it does.

Source: Amazon CloudWatch API Reference, PutCompositeAlarm, ``AlarmRule``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tapeproof.gate.engine.model import Ref
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["goes_off_with"]

_TOKEN = compile_late(
    r'\s*(?:(?P<state>ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^()"\s]*))\s*\)'
    r"|(?P<word>AND|OR|NOT|TRUE|FALSE)\b|(?P<bracket>[()]))"
)


class _State(NamedTuple):
    """``ALARM(alarm)``, ``OK(alarm)`` or ``INSUFFICIENT_DATA(alarm)``."""

    name: str
    alarm: str


class _Not(NamedTuple):
    """``NOT part``."""

    part: _Node


class _Both(NamedTuple):
    """``parts[0] AND parts[1]``, or with ``OR`` between them."""

    word: str
    parts: tuple[_Node, _Node]


_Node: TypeAlias = "bool | _State | _Not | _Both"


class _UnreadError(ValueError):
    """A rule that this grammar does not take."""


def goes_off_with(rule: Value, alarm: Resource, name: Value) -> bool:
    """Return whether the rule of a composite alarm can become true because an alarm goes off.

    Raises:
        Undecided: It cannot be told.
    """
    named = f":alarm:{name.text()}" if name.known else ""
    texts = {alarm.address, *([name.text()] if name.known else ())}

    def is_mine(operand: str) -> bool:
        return operand in texts or (bool(named) and operand.startswith("arn:") and operand.endswith(named))

    try:
        return _tells(_Parser(_spell(rule)).parse(), is_mine, positive=True)
    except _UnreadError:  # what is newer than this grammar, or not wholly known
        return rule.comes_from(alarm.address) or (name.known and rule.contains(name.text()))


def _spell(rule: Value) -> str:
    """Return a rule's text, with an alarm that it refers to by its address."""
    words = []
    for piece in rule.pieces_of_text():
        content = piece.content
        if not isinstance(content, str | Ref):
            raise _UnreadError
        words.append(content if isinstance(content, str) else content.resource)
    return "".join(words)


def _tells(node: _Node, is_mine: Callable[[str], bool], *, positive: bool) -> bool:
    """Return whether a part becomes true, or untrue for ``positive`` false, because the alarm goes off."""
    match node:
        case _State(name=name, alarm=alarm):
            return is_mine(alarm) and name == ("ALARM" if positive else "OK")
        case _Not(part=part):
            return _tells(part, is_mine, positive=not positive)
        case _Both(parts=parts):
            return any(_tells(part, is_mine, positive=positive) for part in parts)
        case _:
            return False


class _Parser:
    """Reads a rule; what is always true or never is folded on the way."""

    def __init__(self, text: str) -> None:
        self._tokens: list[re.Match[str]] = []
        end = 0
        while text[end:].strip():
            found = _TOKEN.match(text, end)
            if found is None:
                raise _UnreadError
            self._tokens.append(found)
            end = found.end()

    def parse(self) -> _Node:
        """Return the whole rule."""
        node = self._either("OR")
        if self._tokens:
            raise _UnreadError
        return node

    def _either(self, word: str) -> _Node:
        node = self._either("AND") if word == "OR" else self._part()
        while self._takes("word", word):
            node = _join(word, node, self._either("AND") if word == "OR" else self._part())
        return node

    def _part(self) -> _Node:
        if self._takes("word", "NOT"):
            part = self._part()
            return not part if isinstance(part, bool) else _Not(part)
        if self._takes("bracket", "("):
            node = self._either("OR")
            if not self._takes("bracket", ")"):
                raise _UnreadError
            return node
        if not self._tokens:
            raise _UnreadError
        token = self._tokens.pop(0)
        if token["state"]:
            return _State(token["state"], token["quoted"] if token["quoted"] is not None else token["bare"])
        if token["word"] not in {"TRUE", "FALSE"}:
            raise _UnreadError
        return bool(token["word"] == "TRUE")

    def _takes(self, kind: str, text: str) -> bool:
        if self._tokens and self._tokens[0][kind] == text:
            self._tokens.pop(0)
            return True
        return False


def _join(word: str, one: _Node, other: _Node) -> _Node:
    settling = word == "OR"
    if settling in (one, other):
        return settling
    parts = [part for part in (one, other) if not isinstance(part, bool)]
    if len(parts) < 2:  # noqa: PLR2004
        return parts[0] if parts else not settling
    return _Both(word, (parts[0], parts[1]))
