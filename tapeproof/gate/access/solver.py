"""Find a request inside one product of sets and outside many others.

To lie outside a product is to miss one of its sets. Each product is a clause of such choices; a choice that cannot be
met is struck out, a single one left is taken (unit propagation), and else one is tried after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.demand import ACTION, RESOURCE, Box, Demanded, find_coordinate
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tapeproof.gate.access.condition import Value

__all__ = ["Found", "Solver"]

_BOUND = 200_000
"""How many demands on one coordinate are decided before the search is given up."""


class Found(NamedTuple):
    """A request that was looked for.

    Attributes:
        action: Its action.
        resource: Its resource.
        context: The keys it carries.
        on_resource: What its resource had to meet.
    """

    action: str
    resource: str
    context: dict[str, Value]
    on_resource: tuple[Demanded, ...]


State = dict[str, tuple[Demanded, ...]]
Clause = tuple[Demanded, ...]


class Solver:
    """Searches inside one product."""

    def __init__(self, many: frozenset[str], inside: Box) -> None:
        self.many = many
        self.inside = inside
        self.decided: dict[tuple[str, frozenset[Demanded]], str | Value | None] = {}
        self.steps = 0

    def solve(self, extra: Box, outside: Iterable[Box]) -> Found | None:
        """Return a request inside both products and outside all the others; None where there is none.

        Raises:
            UndecidedError: The search outgrew its bound.
        """
        state: State = {ACTION: (), RESOURCE: ()}
        for demand in (*self.inside, *extra):
            state = self._with(state, demand)
        if any(self._find(coordinate, demands) is None for coordinate, demands in state.items()):
            return None
        clauses = [tuple(demand.opposite() for demand in box) for box in outside]
        solved = self._search(state, clauses)
        if solved is None:
            return None
        found = {coordinate: self._find(coordinate, demands) for coordinate, demands in solved.items()}
        context = {key: value for key, value in found.items() if isinstance(value, tuple) and value}
        return Found(str(found[ACTION]), str(found[RESOURCE]), context, solved[RESOURCE])

    def _search(self, state: State, clauses: Sequence[Clause]) -> State | None:
        stack: list[tuple[State, Sequence[Clause]]] = [(state, clauses)]
        while stack:
            propagated = self._propagate(*stack.pop())
            if propagated is None:
                continue
            state, left = propagated
            if not left:
                return state
            shortest = min(left, key=len)
            others = [clause for clause in left if clause is not shortest]
            branches: list[tuple[State, Sequence[Clause]]] = []
            for place, demand in enumerate(shortest):
                narrowed = self._with(state, demand)
                for earlier in shortest[:place]:
                    narrowed = self._with(narrowed, earlier.opposite())
                branches.append((narrowed, others))
            stack.extend(reversed(branches))
        return None

    def _propagate(self, state: State, clauses: Sequence[Clause]) -> tuple[State, list[Clause]] | None:
        if any(self._find(coordinate, demands) is None for coordinate, demands in state.items()):
            return None
        pending = list(clauses)
        while True:
            left: list[Clause] = []
            forced = False
            for clause in pending:
                possible = self._possible(state, clause)
                if possible is None:
                    continue
                if not possible:
                    return None
                if len(possible) == 1:
                    state = self._with(state, possible[0])
                    forced = True
                else:
                    left.append(possible)
            pending = left
            if not forced:
                return state, left

    def _possible(self, state: State, clause: Clause) -> Clause | None:
        """Return the choices that can be met; None where one is met already."""
        possible: list[Demanded] = []
        for demand in clause:
            known = state.get(demand.coordinate, ())
            if demand in known:
                return None
            if demand.opposite() in known or self._find(demand.coordinate, (*known, demand)) is None:
                continue
            if self._find(demand.coordinate, (*known, demand.opposite())) is None:
                return None
            possible.append(demand)
        return tuple(possible)

    @staticmethod
    def _with(state: State, demand: Demanded) -> State:
        known = state.get(demand.coordinate, ())
        return state if demand in known else {**state, demand.coordinate: (*known, demand)}

    def _find(self, coordinate: str, demands: tuple[Demanded, ...]) -> str | Value | None:
        question = (coordinate, frozenset(demands))
        if question not in self.decided:
            self.steps += 1
            if self.steps > _BOUND:
                raise UndecidedError(f"the comparison needs more than {_BOUND} steps")
            self.decided[question] = find_coordinate(coordinate, demands, many=coordinate in self.many)
        return self.decided[question]
