"""Text to a parse tree, by python-hcl2's grammar and in half its time.

lark's own loop notes lines, columns and containers at every rule it meets, and each term of an expression meets eight
rules of precedence on its way. Here the same tables and the same tokens make the same tree, but a rule that only hands
on its one child is passed over, and nodes carry the positions that somebody reads. Text that is no HCL goes through
python-hcl2 itself, whose error it then is; so does everything, should a later grammar use what is not known here.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

__all__ = ["Node", "Tree", "import_parser", "parse_tree"]

Tree: TypeAlias = Any
"""A ``Node`` or a tree of lark, which has no types: both have ``data``, ``children`` and ``meta``."""

_END = "$END"
_BELOW = -1
"""Stands under the first state, which no rule is ever reduced to."""


class Node:
    """A rule that was met, and from where to where in the text; -1 for one that was met by nothing."""

    __slots__ = ("children", "data", "end_pos", "start_pos")

    def __init__(self, data: str, children: list[Any], start_pos: int, end_pos: int) -> None:
        self.data = data
        self.children = children
        self.start_pos = start_pos
        self.end_pos = end_pos

    @property
    def meta(self) -> Node:
        """What lark keeps positions in."""
        return self


def import_parser() -> None:
    """Import python-hcl2 and build its parser now, so that forked processes find it made."""
    _grammar()


def parse_tree(text: str) -> Tree:
    """Return the tree of a text.

    Raises:
        lark.exceptions.UnexpectedInput: It is no HCL.
    """
    grammar = _grammar()
    tree = grammar.tree(f"{text}\n") if grammar.known else None
    if tree is None:
        from hcl2 import parses_to_tree  # noqa: PLC0415 - as below

        return parses_to_tree(text)
    return tree


@cache
def _grammar() -> _Grammar:
    try:
        # Of python-hcl2 only the grammar is wanted, not the writers that it imports first; and lark imports the package
        # "regex" where it is installed, for grammars of another kind. Both would double the time to wait for.
        with _standing_in("hcl2", _not_started("hcl2")), _standing_in("regex", None):
            from hcl2.parser import parser  # noqa: PLC0415 - a tenth of a second, which a warm cache saves
    except ImportError:
        from hcl2.parser import parser  # noqa: PLC0415 - as above
    return _Grammar(parser())


def _not_started(package: str) -> ModuleType | None:
    """Return a package that knows where its modules are, and has not run its own start-up."""
    found = find_spec(package)
    return None if found is None else module_from_spec(found)


@contextmanager
def _standing_in(name: str, module: ModuleType | None) -> Iterator[None]:
    """Have imports find another module, or none, under a name that nobody has imported yet."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = module  # type: ignore[assignment] # None is how Python says that a module is not there
    try:
        yield
    finally:
        del sys.modules[name]


class _Token:
    """A word of the text. A thing of its own, as lark's tokens are strings that also count lines.

    Args:
        kind: Name of the terminal.
        value: The word.
        start: Where it begins.
        end: Where it ends.
    """

    __slots__ = ("end_pos", "start_pos", "type", "value")

    def __init__(self, kind: str, value: str, start: int, end: int) -> None:
        self.type = kind
        self.value = value
        self.start_pos = start
        self.end_pos = end

    def __str__(self) -> str:
        """Return the word."""
        return self.value

    def update(self, value: str) -> _Token:
        """Return the token with another word in it, as python-hcl2 puts a newline before an operator."""
        return _Token(self.type, value, self.start_pos, self.end_pos)


class _Rule:
    """What happens when a rule is met.

    Args:
        rule: lark's own description.
    """

    __slots__ = ("hands_on", "inlines", "name", "origin", "size")

    def __init__(self, rule: Any) -> None:  # noqa: ANN401 - lark has no types
        self.origin: str = rule.origin.name
        self.name: str = rule.alias or rule.options.template_source or self.origin
        self.size = len(rule.expansion)
        self.hands_on = bool(rule.options.expand1) and not rule.alias and self.size == 1
        # Nodes of a rule whose name begins so are replaced by their children.
        self.inlines = any(not symbol.is_term and symbol.name.startswith("_") for symbol in rule.expansion)

    def node(self, children: list[Any]) -> Node:
        """Return the node of the rule that some children met."""
        if not children:
            return Node(self.name, children, -1, -1)
        first, last = children[0].start_pos, children[-1].end_pos
        if first < 0 or last < 0:
            first = next((child.start_pos for child in children if child.start_pos >= 0), -1)
            last = next((child.end_pos for child in reversed(children) if child.end_pos >= 0), -1)
        return Node(self.name, _flat(children) if self.inlines else children, first, last)


def _flat(children: list[Any]) -> list[Any]:
    """Return children with the nodes that stand for several replaced by those."""
    flat: list[Any] = []
    for child in children:
        if child.__class__ is Node and child.data[0] == "_":
            # The first one's list is nobody else's: a long body is not copied for each of its blocks.
            flat = [*flat, *child.children] if flat else child.children
        else:
            flat.append(child)
    return flat


class _Step(NamedTuple):
    """What to do in a state at a token: ``state`` is on top by then, and ``rule`` is met or ``target`` comes next."""

    state: int
    target: int
    rule: _Rule | None


class _Grammar:
    """python-hcl2's tables.

    Args:
        parser: Its parser.

    Attributes:
        known: Whether its rules make trees in no way that is unknown here, and lark keeps its lexers where it did.
    """

    def __init__(self, parser: Any) -> None:  # noqa: ANN401 - lark has no types
        self.parser = parser
        self.lexers = getattr(getattr(getattr(parser.parser, "lexer", None), "lexer", None), "lexers", {})
        self.rules = {rule: _Rule(rule) for rule in parser.rules}
        self.known = bool(self.lexers) and not any(map(_is_strange, parser.rules))
        self.steps: dict[tuple[int, int, str], _Step] = {}

    def tree(self, text: str) -> Node | None:
        """Return the tree of a text; None when it is no HCL."""
        from lark.exceptions import UnexpectedInput  # noqa: PLC0415 - as above

        run = _Run(self, self.parser.parse_interactive("").parser_state)
        try:
            for token in self.parser.options.postlex.process(self._tokens(text, run.stack)):
                run.take(token.type, token)
            return run.take(_END, None)
        except (KeyError, UnexpectedInput):
            return None

    def _tokens(self, text: str, stack: list[int]) -> Iterator[_Token]:
        """Yield the words of a text; which may come is decided by the state on top of the stack.

        Raises:
            KeyError: There is none of them.
        """
        from lark.utils import TextSlice  # noqa: PLC0415 - as above

        whole, here, end = TextSlice.cast_from(text), 0, len(text)
        while here < end:
            lexer = self.lexers[stack[-1]]
            found = lexer.match(whole, here)
            if found is None:
                raise KeyError(here)
            word, kind = found
            start, here = here, here + len(word)
            if kind not in lexer.ignore_types:
                token = _Token(kind, word, start, here)
                yield lexer.callback[kind](token) if kind in lexer.callback else token

    def step(self, table: Mapping[int, Mapping[str, tuple[Any, Any]]], key: tuple[int, int, str]) -> _Step:
        """Return what to do with a token in a state that stands on another, and remember it.

        Raises:
            KeyError: The token cannot come there.
        """
        from lark.parsers.lalr_analysis import Shift  # noqa: PLC0415 - as above

        below, state, kind = key
        action, argument = table[state][kind]
        while action is not Shift and self.rules[argument].hands_on:
            state = table[below][self.rules[argument].origin][1]
            action, argument = table[state][kind]
        made = _Step(state, argument, None) if action is Shift else _Step(state, _BELOW, self.rules[argument])
        self.steps[key] = made
        return made


class _Run:
    """One text on its way through the tables.

    Args:
        grammar: The tables.
        state: Where lark keeps the stack of a run.
    """

    def __init__(self, grammar: _Grammar, state: Any) -> None:  # noqa: ANN401 - lark has no types
        self.grammar = grammar
        self.table = state.parse_conf.states
        self.end = state.parse_conf.end_state
        self.stack: list[int] = [_BELOW, *state.state_stack]
        self.values: list[Any] = []

    def take(self, kind: str, token: Any) -> Node | None:  # noqa: ANN401 - lark has no types
        """Take a token; return the whole tree when it is the end.

        Raises:
            KeyError: It cannot come here.
        """
        stack, values, known = self.stack, self.values, self.grammar.steps
        while True:
            key = (stack[-2], stack[-1], kind)
            step = known.get(key) or self.grammar.step(self.table, key)
            stack[-1], target, rule = step
            if rule is None:
                stack.append(target)
                values.append(token)
                return None
            first = len(values) - rule.size
            values[first:] = [rule.node(values[first:])]
            del stack[first + 2 :]
            stack.append(self.table[stack[-1]][rule.origin][1])
            if kind == _END and stack[-1] == self.end:
                return cast("Node", values[-1])


def _is_strange(rule: Any) -> bool:  # noqa: ANN401 - lark has no types
    """Return whether a rule drops tokens, keeps places for what is absent, or hands on what it puts in a row."""
    options = rule.options
    drops = any(symbol.is_term and symbol.filter_out for symbol in rule.expansion) and not options.keep_all_tokens
    ends = bool(options.expand1) and not rule.alias and any(symbol.name.startswith("_") for symbol in rule.expansion)
    return bool(drops or options.empty_indices or ends)
