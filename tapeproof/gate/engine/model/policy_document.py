"""IAM policy documents, normalised to statements, wherever a resource keeps them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model.known import Known
from tapeproof.gate.engine.model.unresolved import Unknown
from tapeproof.gate.engine.model.value import Undecided, Value
from tapeproof.gate.engine.record import record
from tapeproof.gate.facts import rows_of_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model.block import Resource
    from tapeproof.gate.engine.model.span import Span
    from tapeproof.gate.engine.model.stack import Stack

__all__ = ["Condition", "PolicyDocument", "Principal", "Statement", "holders", "policy_documents", "statements"]

_INTERFACE = "aws_api_gateway_rest_api"
_IN_A_DESCRIPTION = "x-amazon-apigateway-policy"
"""Amazon API Gateway Developer Guide, "x-amazon-apigateway-policy"."""
_KINDS = frozenset({"identity", "resource", "trust", "key"})
"""What a document that gives rights may be; one that only takes them away is of no other kind."""


@cache
def holders() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by resource type, the attributes that hold policy documents, and what these attach to.

    The table is of every string attribute of the AWS provider that may, each classified by its documentation.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows_of_all("policy_attributes"):
        if row["holds"] in _KINDS:
            type_ = row["resource_type"]
            found[type_] = (*found.get(type_, ()), (row["attribute"], row["holds"]))
    return found


@record(kw_only=True)
class Principal:
    """Who a statement is about: ``AWS``, ``Service``, ``Federated``, ``CanonicalUser``, or ``*`` alone."""

    type: str
    value: Value


@record(kw_only=True)
class Condition:
    """One key of one operator of a statement's conditions."""

    operator: str
    key: str
    values: tuple[Value, ...]
    span: Span


@record(kw_only=True)
class Statement:
    """One statement; every field is a tuple, whether the document had one string or a list.

    Source of the grammar: AWS IAM User Guide, "Grammar of the IAM JSON policy language".

    Attributes:
        places: Where the whole value of each key that turns a statement round stands: ``NotAction``.
    """

    effect: Value
    sid: Value
    actions: tuple[Value, ...] = ()
    not_actions: tuple[Value, ...] = ()
    resources: tuple[Value, ...] = ()
    not_resources: tuple[Value, ...] = ()
    principals: tuple[Principal, ...] = ()
    not_principals: tuple[Principal, ...] = ()
    conditions: tuple[Condition, ...] = ()
    span: Span
    places: Mapping[str, Span]

    @property
    def allows(self) -> bool:
        """Whether the effect is Allow.

        Raises:
            Undecided: The effect is not known.
        """
        return self.effect.text() == "Allow"


@record(kw_only=True)
class PolicyDocument:
    """A policy document and the resource that holds it.

    Attributes:
        holder: The resource.
        kind: ``identity``, ``resource``, ``trust`` (who may assume a role) or ``key`` (of a KMS key, in which the
            resource ``*`` means the key itself).
        value: The string as the resource has it.
    """

    holder: Resource
    kind: str
    value: Value

    def statements(self, stack: Stack) -> tuple[Statement, ...]:
        """Return the document's statements.

        Raises:
            Undecided: The document, or how many statements it has, is not known.
        """
        return statements(stack, self.value)

    def each_statement(self, stack: Stack) -> Iterator[Statement]:
        """Yield the document's statements, those that surely stand in it first.

        Raises:
            Undecided: After them, when there may be others.
        """
        try:
            yield from self.statements(stack)
        except Undecided as undecided:
            doubt = undecided
        else:
            return
        yield from _certain(stack.document(self.value))
        raise doubt


def policy_documents(stack: Stack, *kinds: str, resource: Resource | None = None) -> Iterator[PolicyDocument]:
    """Yield every policy document of some kinds (all without one), of one resource or of the whole stack.

    Raises:
        Undecided: After those found, when a resource may hold more (a ``dynamic "inline_policy"``).
    """
    for holder in stack.resources() if resource is None else (resource,):
        for path, kind in holders().get(holder.type, ()):
            if kinds and kind not in kinds:
                continue
            block, _, attribute = path.rpartition(".")
            for owner in holder.blocks(block) if block else (holder,):
                value = owner[attribute]
                if not (value.known and value.is_null):
                    yield PolicyDocument(holder=holder, kind=kind, value=value)
        if holder.type == _INTERFACE and "resource" in (kinds or ("resource",)):
            yield from _in_description(stack, holder)


def _in_description(stack: Stack, interface: Resource) -> Iterator[PolicyDocument]:
    """Yield the policy that the description of an interface holds, where it speaks of one."""
    body = interface["body"]
    if not _speaks_of_policy(body):
        return
    try:
        document = stack.document(body)
    except Undecided as undecided:
        raise Undecided(body, f"holds a policy, and {undecided.why}") from undecided
    held = document.entries().get(_IN_A_DESCRIPTION)
    if held is not None:
        yield PolicyDocument(holder=interface, kind="resource", value=held)


def _speaks_of_policy(body: Value) -> bool:
    if isinstance(body, Known) and not isinstance(body.value, str):
        return not body.is_unset
    texts = (piece.content for piece in body.pieces_of_text())
    return any(isinstance(text, str) and _IN_A_DESCRIPTION in text for text in texts)


def statements(stack: Stack, value: Value) -> tuple[Statement, ...]:
    """Return the statements of a policy document.

    Raises:
        Undecided: The document, or how many statements it has, is not known.
    """
    if id(value) not in stack.policies:
        # The value is kept with its statements, so that its identity stays its own.
        stack.policies[id(value)] = (value, _read_statements(stack.document(value)))
    return stack.policies[id(value)][1]


def _read_statements(document: Value) -> tuple[Statement, ...]:
    _only(document, _DOCUMENT_KEYS)
    listed = document.entry("Statement")
    if listed.is_null:
        raise Undecided(document, "the policy has no Statement, so nothing can be said of it: write one")
    return tuple(_statement(element) for element in listed.elements())


def _certain(document: Value) -> Iterator[Statement]:
    """Yield the statements that stand in a document whatever the others are: a later one may replace one with a Sid."""
    _only(document, _DOCUMENT_KEYS)
    read: list[Statement | None] = []
    for element in document.entry("Statement").elements():
        try:
            read.append(_statement(element))
        except Undecided:
            read.append(None)
    for at, statement in enumerate(read):
        if statement is not None and (statement.sid.is_unset or None not in read[at:]):
            yield statement


_DOCUMENT_KEYS = frozenset({"Version", "Id", "Statement"})
_STATEMENT_KEYS = frozenset(
    {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
)
"""Source: AWS IAM User Guide, "Grammar of the IAM JSON policy language"."""


def _only(value: Value, keys: frozenset[str]) -> None:
    """Refuse a key that no policy has: whoever wrote it meant something that is not judged."""
    for key, entry in value.entries().items():
        if key not in keys:
            raise Undecided(entry, f"stands under {key!r}, which is no key of a policy")


def _statement(value: Value) -> Statement:
    _only(value, _STATEMENT_KEYS)

    def list_entries(name: str) -> tuple[Value, ...]:
        return _list_elements(value.entry(name))

    return Statement(
        effect=value.entry("Effect"),
        sid=value.entry("Sid"),
        actions=list_entries("Action"),
        not_actions=list_entries("NotAction"),
        resources=list_entries("Resource"),
        not_resources=list_entries("NotResource"),
        principals=tuple(_principals(value.entry("Principal"))),
        not_principals=tuple(_principals(value.entry("NotPrincipal"))),
        conditions=tuple(_conditions(value.entry("Condition"))),
        span=value.span,
        places={name: value.entry(name).span for name in ("NotAction", "NotResource", "NotPrincipal")},
    )


def _list_elements(value: Value) -> tuple[Value, ...]:
    """Return a string or a list of strings as a tuple; one that is not known stands for itself."""
    try:
        return value.elements()
    except Undecided:
        return (value,)


def _principals(value: Value) -> Iterator[Principal]:
    try:
        entries = value.entries()
    except Undecided:
        yield Principal(type="*", value=value)  # "Principal": "*", or one that is not known
        return
    for type_, listed in entries.items():
        for element in _list_elements(listed):
            yield Principal(type=type_, value=element)


def _conditions(value: Value) -> Iterator[Condition]:
    for operator, keys in value.entries().items():
        for key, listed in _keys(keys):
            yield Condition(operator=operator, key=key, values=_list_elements(listed), span=listed.span)


def _keys(value: Value) -> Iterator[tuple[str, Value]]:
    """Yield the keys of one operator; of a claim, ``${issuer}:sub``, the provider may be known only after apply.

    Raises:
        Undecided: It is not known what a key is about.
    """
    if not (isinstance(value, Unknown) and value.pairs):
        yield from value.entries().items()
        return
    for key, listed in value.pairs:
        *provider, claim = key.pieces_of_text()
        if provider and not (isinstance(claim.content, str) and claim.content.startswith(":")):
            raise Undecided(key, value.why)
        yield (_spell_key(key) if provider else key.text()), listed


def _spell_key(key: Value) -> str:
    return "".join(
        piece.content if isinstance(piece.content, str) else "${" + ".".join(piece.content.identity or ()) + "}"
        for piece in key.pieces_of_text()
    )
