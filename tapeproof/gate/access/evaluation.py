"""AWS's order of evaluation, in three values: what a request may, must not, or may under open conditions.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html;
keys: https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html;
two accounts: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html.
Service and resource control policies lie outside: they are taken to allow everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tapeproof.gate.access.document import Clause, Names, Statement
from tapeproof.gate.access.operators import Operator
from tapeproof.gate.access.principal import Match, match_principal
from tapeproof.gate.access.request import Literal, Request, apply_statement, list_conditions, read_about
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tapeproof.gate.access.document import Document

__all__ = ["Grant", "Part", "Policies", "Reading", "Truth", "allows_by_itself", "kind_of_question", "read_request"]

Truth = bool | None
"""True, false, or not decided yet."""
Assignment = Mapping[Literal, bool]
_CONTEXT = "kms:encryptioncontext:"
_OF_SESSIONS = frozenset({"sts:tagsession", "sts:setsourceidentity", "sts:setcontext"})
"""What a role's trust policy must allow beside assuming it, in lower case: tags, a source identity, a context.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html.
"""


class Grant(NamedTuple):
    """A grant on a KMS key.

    Attributes:
        grantee: The ARN of who may use the key.
        operations: Names without the service, such as Decrypt.
        subset: Pairs of the encryption context that a request must carry among others.
        equals: Pairs that it must carry, and no others; None where nothing is asked.
        name: What it is called in answers.
        place: Where it is written.
    """

    grantee: str
    operations: tuple[str, ...]
    subset: tuple[tuple[str, str], ...] = ()
    equals: tuple[tuple[str, str], ...] | None = None
    name: str = "grant"
    place: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The condition keys that its constraints ask about, in lower case."""
        return tuple(f"{_CONTEXT}{key.lower()}" for key, _ in (*self.subset, *(self.equals or ())))

    def as_statement(self, carried: Iterable[str] = ()) -> Statement:
        """Return the statement that allows what the grant does, its constraints as conditions.

        Args:
            carried: Keys that a request carries, or may carry; where the constraint says what a request must carry
                and no others, none of the others.

        Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
        """
        pairs = [*self.subset, *(self.equals or ())]
        clauses = [
            Clause(Operator("StringEquals"), f"{_CONTEXT}{key.lower()}", f"kms:EncryptionContext:{key}", (text,))
            for key, text in pairs
        ]
        if self.equals is not None:
            others = sorted({key for key in carried if key.startswith(_CONTEXT)} - set(self.keys))
            clauses += [Clause(Operator("Null"), key, key, ("true",)) for key in others]
        names = Names(tuple(f"kms:{operation}" for operation in self.operations))
        return Statement("Allow", names, clauses=tuple(clauses), live=False, place=self.place)


class Policies(NamedTuple):
    """Every policy that has a say in one request; None where there is no such policy."""

    identity: tuple[Document, ...] = ()
    resource: Document | None = None
    key: Document | None = None
    boundary: Document | None = None
    session: Document | None = None
    endpoint: Document | None = None
    grants: tuple[Grant, ...] = ()

    def documents(self) -> tuple[Document | None, ...]:
        """Return all policies, the identity's first; None for each other one that there is not."""
        return (*self.identity, self.resource, self.key, self.boundary, self.session, self.endpoint)

    def keys(self) -> frozenset[str]:
        """Return the condition keys that the policies ask about, in lower case."""
        asked = [one.keys for one in self.documents() if one is not None]
        return frozenset[str]().union(*asked, *(grant.keys for grant in self.grants))

    def keys_about(self, action: str) -> frozenset[str]:
        """Return the condition keys that decide about an action, in lower case."""
        asked = [read_about(one, action).keys for one in self.documents() if one is not None]
        return frozenset[str]().union(*asked, *(grant.keys for grant in self.grants))


class Part(NamedTuple):
    """A statement that applies, perhaps under open conditions.

    Attributes:
        document: The name of its document.
        statement: The statement.
        match: How closely it names who asks.
        conditions: What must hold besides.
    """

    document: str
    statement: Statement
    match: Match
    conditions: tuple[Literal, ...]

    def holds(self, assignment: Assignment) -> Truth:
        """Return whether it applies under what is assumed of the open conditions."""
        if not self.conditions:
            return True
        values = [assignment.get(condition) for condition in self.conditions]
        if False in values:
            return False
        return None if None in values else True


class Reading:
    """What of the policies speaks of one request."""

    def __init__(self, request: Request, policies: Policies) -> None:
        self.request = request
        self.policies = policies
        self.denies: list[Part] = []
        self.allows: dict[str, list[Part]] = {}

    def conditions(self) -> tuple[Literal, ...]:
        """Return the open conditions, each once."""
        parts = [*self.denies, *(part for parts in self.allows.values() for part in parts)]
        return tuple(dict.fromkeys(condition for part in parts for condition in part.conditions))

    def outcome(self, assignment: Assignment) -> Truth:
        """Return whether the request is allowed under what is assumed of the open conditions."""
        denied = _any([part.holds(assignment) for part in self.denies])
        if denied:
            return False
        endpoint = True if self.policies.endpoint is None else self._evaluate_layer("endpoint", assignment)
        return _all([_not(denied), endpoint, self._evaluate_grant(assignment)])

    def _evaluate_layer(self, layer: str, assignment: Assignment, match: Match | None = None) -> Truth:
        parts = self.allows.get(layer, ())
        return _any([part.holds(assignment) for part in parts if match is None or part.match == match])

    def _limits(self, assignment: Assignment) -> Truth:
        limits = [layer for layer in ("boundary", "session") if getattr(self.policies, layer) is not None]
        return _all([self._evaluate_layer(layer, assignment) for layer in limits])

    def _evaluate_grant(self, assignment: Assignment) -> Truth:
        request = self.request
        layer = "key" if _is_key(request) else "resource"
        own = _all([self._evaluate_layer("identity", assignment), self._limits(assignment)])
        granted = self._evaluate_layer("grant", assignment)
        if not request.principal.is_identity:
            return _any(
                [
                    self._evaluate_layer(layer, assignment, Match.DIRECT),
                    granted,
                ]
            )
        if request.principal.account != request.account:
            return _any([_all([own, self._evaluate_layer(layer, assignment)]), granted])
        direct = self._evaluate_layer(layer, assignment, Match.DIRECT)
        role = self._evaluate_layer(layer, assignment, Match.ROLE)
        named = _any([direct, _all([role, self._limits(assignment)])])
        if layer == "resource" and not _is_trust(request):
            return _any([own, named])
        return _any([named, _all([own, self._evaluate_layer(layer, assignment)]), granted])


def _is_key(request: Request) -> bool:
    return request.action.lower().startswith("kms:") and ":key/" in request.resource


def _is_trust(request: Request) -> bool:
    action = request.action.lower()
    return action.startswith("sts:assumerole") or (action in _OF_SESSIONS and ":role/" in request.resource)


def kind_of_question(request: Request) -> tuple[bool, bool]:
    """Return what of the action AWS's order of evaluation looks at beside the statements that name it."""
    return _is_key(request), _is_trust(request)


def read_request(policies: Policies, request: Request) -> Reading:
    """Find what of the policies speaks of the request."""
    reading = Reading(request, policies)
    layers: list[tuple[str, Iterable[Document | None]]] = [
        ("identity", policies.identity),
        ("boundary", [policies.boundary]),
        ("session", [policies.session]),
        (
            "key" if _is_key(request) else "resource",
            [policies.key or policies.resource if _is_key(request) else policies.resource],
        ),
        ("endpoint", [policies.endpoint]),
    ]
    for layer, documents in layers:
        for document in documents:
            if document is not None:
                _read_document(reading, layer, document)
    if _is_key(request):
        _read_grants(reading)
    return reading


def _read_grants(reading: Reading) -> None:
    names = {reading.request.principal.name, reading.request.principal.session} - {""}
    for grant in reading.policies.grants:
        if grant.grantee in names:
            statement = grant.as_statement((*reading.request.context, *reading.request.unknown))
            conditions = apply_statement(statement, reading.request)
            if conditions is not None:
                part = Part(grant.name, statement, Match.DIRECT, conditions)
                reading.allows.setdefault("grant", []).append(part)


def _read_document(reading: Reading, layer: str, document: Document) -> None:
    bounded = reading.policies.boundary is not None
    for statement in read_about(document, reading.request.action).statements:
        match = match_principal(statement, reading.request.principal, bounded=bounded)
        if match == Match.NONE:
            continue
        conditions = list_conditions(statement, reading.request)
        if conditions is None:
            continue
        part = Part(document.name or layer, statement, match, conditions)
        if statement.effect == "Deny":
            reading.denies.append(part)
        else:
            reading.allows.setdefault(layer, []).append(part)


def allows_by_itself(document: Document, request: Request) -> bool:
    """Return whether an Allow of the document applies to a request without unknown keys, and no Deny does."""
    effects = {
        statement.effect
        for statement in read_about(document, request.action).statements
        if match_principal(statement, request.principal) != Match.NONE
        and list_conditions(statement, request) is not None
    }
    return effects == {"Allow"}


def _any(values: Iterable[Truth]) -> Truth:
    open_value: Truth = False
    for value in values:
        if value:
            return True
        open_value = None if value is None else open_value
    return open_value


def _all(values: Iterable[Truth]) -> Truth:
    open_value: Truth = True
    for value in values:
        if value is False:
            return False
        open_value = None if value is None else open_value
    return open_value


def _not(value: Truth) -> Truth:
    return None if value is None else not value
