"""Policies of a stack as documents of the model, with what cannot be told kept open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tapeproof.gate.access.document import LIVE_VERSION, Clause, Document, Names, Statement, check_action
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.operators import check_value, read_operator
from tapeproof.gate.engine.model import Undecided, statements
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.spelled import Spelled
    from tapeproof.gate.access.world import World
    from tapeproof.gate.engine.model import Condition, Value
    from tapeproof.gate.engine.model import Principal as Named
    from tapeproof.gate.engine.model import Statement as Written

__all__ = ["ANYONE", "policy_of_value", "unread_document"]

ANYONE = (("AWS", "*"), ("Service", "*"))
_EVERYTHING = Names(("*",))
_NOTHING = Names(())


def policy_of_value(world: World, value: Value, name: str, *, trust: bool = False) -> Document:
    """Return the policy document that a value holds.

    A statement of which a part cannot be told is there twice: as it stands, with the part taken for a word that nothing
    else has, and as one that may apply, with the part taken for anything.

    Args:
        world: Spells the values.
        value: JSON, or what becomes JSON.
        name: The address of the resource that holds it.
        trust: Whether it is who may assume a role: such statements name no resource.
    """
    try:
        document = world.stack.document(value)
        version = document.entry("Version")
        live = not version.is_null and version.text() == LIVE_VERSION
        written = statements(world.stack, value)
    except Undecided as undecided:
        return unread_document(undecided.why, name)
    found: list[Statement] = []
    for index, statement in enumerate(written):
        try:
            found.extend(_statements(world, statement, index, live=live, trust=trust))
        except (Undecided, AccessError) as doubt:
            why = doubt.why if isinstance(doubt, Undecided) else str(doubt)
            found.extend(replace(one, index=index) for one in unread_document(why, name).statements)
    return Document(tuple(found), name)


def unread_document(why: str, name: str, *, allows_only: bool = False) -> Document:
    """Return a document that may allow, or deny, anything to anyone."""
    effects: tuple[Literal["Allow", "Deny"], ...] = ("Allow",) if allows_only else ("Allow", "Deny")
    return Document(tuple(Statement(effect, _EVERYTHING, principals=ANYONE, unread=(why,)) for effect in effects), name)


def _statements(world: World, written: Written, index: int, *, live: bool, trust: bool) -> Iterator[Statement]:
    spelled = _Spelled(world, written)
    for action in (*spelled.actions, *spelled.not_actions):
        if not action.why:
            check_action(action.text, "Action")
    effect: Literal["Allow", "Deny"] = "Allow" if written.allows else "Deny"
    if written.effect.text() != effect:
        raise AccessError(f'Effect expects "Allow" or "Deny", got {written.effect.text()!r}')
    clauses = tuple(_clause(condition, [one.text for one in values]) for condition, values in spelled.conditions)
    exact = Statement(
        effect,
        _names(spelled.actions, spelled.not_actions) or _NOTHING,
        _names(spelled.resources, spelled.not_resources) or (None if trust else _NOTHING),
        tuple((kind, one.text) for kind, one in spelled.principals) or None,
        except_principals=bool(written.not_principals),
        clauses=clauses,
        live=live,
        sid=written.sid.text() if written.sid.known and not written.sid.is_null else "",
        index=index,
        place=str(written.span),
    )
    negated_open = any(one.why for one in (*spelled.not_actions, *spelled.not_resources))
    if not negated_open:
        yield exact
    why = spelled.why
    if why:
        yield replace(
            exact,
            actions=_wide(spelled.actions) or _EVERYTHING,
            resources=_wide(spelled.resources),
            principals=ANYONE if spelled.principals_open else exact.principals,
            clauses=tuple(
                clause
                for clause, (_, values) in zip(clauses, spelled.conditions, strict=True)
                if not any(one.why for one in values)
            ),
            unread=(why,),
        )


class _Spelled:
    """The parts of a statement as texts."""

    def __init__(self, world: World, written: Written) -> None:
        self.actions = [world.spell(one) for one in written.actions]
        self.not_actions = [world.spell(one) for one in written.not_actions]
        self.resources = [world.spell(one) for one in written.resources]
        self.not_resources = [world.spell(one) for one in written.not_resources]
        listed: tuple[Named, ...] = written.not_principals or written.principals
        self.principals = [("AWS" if one.type == "*" else one.type, world.spell(one.value)) for one in listed]
        self.conditions = [(one, [world.spell(value) for value in one.values]) for one in written.conditions]
        self.principals_open = any(one.why for _, one in self.principals)

    @property
    def why(self) -> str:
        """Why a part cannot be told, empty where all can."""
        named = [one for _, one in self.principals]
        values = [one for _, values in self.conditions for one in values]
        lists = [self.actions, self.not_actions, self.resources, self.not_resources, named, values]
        return next((one.why for listed in lists for one in listed if one.why), "")


def _names(positive: list[Spelled], negative: list[Spelled]) -> Names | None:
    if positive:
        return Names(tuple(one.text for one in positive))
    return Names(tuple(one.text for one in negative), negated=True) if negative else None


def _wide(positive: list[Spelled]) -> Names | None:
    return Names(tuple(one.wide for one in positive)) if positive else None


def _clause(condition: Condition, values: list[str]) -> Clause:
    operator = read_operator(condition.operator)
    for value in values:
        check_value(operator, value)
    return Clause(operator, condition.key.lower(), condition.key, tuple(values))
