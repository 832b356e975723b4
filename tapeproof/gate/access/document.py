"""Policy documents as AWS writes them, read once and checked.

Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.operators import Operator, check_value, read_operator
from tapeproof.gate.access.variables import variables_of
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import field, record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "LIVE_VERSION",
    "About",
    "Clause",
    "Document",
    "Names",
    "Statement",
    "check_action",
    "merge_documents",
    "read_document",
]

LIVE_VERSION = "2012-10-17"
"""The version in which policy variables are variables."""
_VERSIONS = (LIVE_VERSION, "2008-10-17")
_MEMBERS = frozenset({
    "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition",
})  # fmt: skip
_PRINCIPALS = ("AWS", "Service", "Federated", "CanonicalUser")
_ACTION = re.compile(r"\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+")


class Names(NamedTuple):
    """A list of names, or everything but them."""

    values: tuple[str, ...]
    negated: bool = False


class Clause(NamedTuple):
    """One operator, one key and its values: `StringEquals: {key: [value]}`."""

    operator: Operator
    key: str
    spelled: str
    values: tuple[str, ...]


@record(slots=False)
class Statement:
    """One statement.

    Attributes:
        effect: Allow or Deny.
        actions: Patterns of actions.
        resources: Patterns of resources; None where the document says none (a trust policy).
        principals: Pairs of kind and name; None in policies of an identity.
        except_principals: Whether `principals` are those it does not speak of.
        clauses: The conditions; all must hold.
        live: Whether policy variables are variables.
        sid: The statement's name, empty where it has none.
        index: Its place in the document, from 0.
        unread: What of the statement is not known; it may or may not apply then.
        place: Where it is written, as file:line:column, empty where that is not known.
    """

    effect: Literal["Allow", "Deny"]
    actions: Names
    resources: Names | None = None
    principals: tuple[tuple[str, str], ...] | None = None
    except_principals: bool = False
    clauses: tuple[Clause, ...] = ()
    live: bool = True
    sid: str = ""
    index: int = 0
    unread: tuple[str, ...] = ()
    place: str = field(default="", compare=False)

    @property
    def keys(self) -> frozenset[str]:
        """The condition keys that it asks about, as conditions and as variables, in lower case."""
        texts = [text for clause in self.clauses for text in clause.values]
        texts += self.resources.values if self.resources is not None else ()
        variables = (key for text in texts for key in variables_of(text, live=self.live))
        return frozenset((*(clause.key for clause in self.clauses), *variables))


class About(NamedTuple):
    """What a document says of one action.

    Attributes:
        statements: Those that name it.
        keys: The condition keys that these ask about, in lower case.
    """

    statements: tuple[Statement, ...]
    keys: frozenset[str]


@record(slots=False)
class Document:
    """A policy document; `name` says in answers which one."""

    statements: tuple[Statement, ...]
    name: str = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The condition keys that its statements ask about, in lower case."""
        return frozenset[str]().union(*(statement.keys for statement in self.statements))

    @cached_property
    def by_action(self) -> dict[str, About]:
        """What it says of actions that were asked about, filled in on the way; never given."""
        return {}

    @cached_property
    def said(self) -> dict[tuple[int, ...], About]:
        """The same by the statements that name the action, so that it is one where they are; never given."""
        return {}


def merge_documents(documents: Sequence[Document]) -> Document:
    """Return several policies as one, which is called as the first; of none, one that says nothing."""
    if len(documents) == 1:
        return documents[0]
    name = documents[0].name if documents else ""
    return Document(tuple(statement for one in documents for statement in one.statements), name)


def read_document(value: object, name: str = "policy") -> Document:
    """Read a policy document from its JSON value.

    Raises:
        AccessError: AWS would refuse the document; the message says where and why.
    """
    if not isinstance(value, Mapping):
        raise AccessError(f"{name}: expected an object with a Statement, got {_kind(value)}")
    unknown = [str(key) for key in value if key not in {"Version", "Id", "Statement"}]
    if unknown:
        raise AccessError(f"{name}: {unknown[0]!r} is no member of a policy document")
    version = value.get("Version", "2008-10-17")
    if version not in _VERSIONS:
        raise AccessError(f"{name}: expected Version {LIVE_VERSION!r} or '2008-10-17', got {version!r}")
    statements = value.get("Statement")
    listed = statements if isinstance(statements, list) else [statements]
    live = version == LIVE_VERSION
    return Document(
        tuple(_statement(one, f"{name}, statement {at}", at, live=live) for at, one in enumerate(listed)), name
    )


def check_action(action: str, where: str) -> None:
    """Refuse what AWS takes for no action and no pattern of actions.

    Raises:
        AccessError: It is none.
    """
    if not _ACTION.fullmatch(action):
        raise AccessError(f"{where}: an action is written service:Name, got {action!r}")


def _statement(value: object, where: str, index: int, *, live: bool) -> Statement:
    if not isinstance(value, Mapping):
        raise AccessError(f"{where}: expected an object, got {_kind(value)}")
    unknown = [str(key) for key in value if key not in _MEMBERS]
    if unknown:
        raise AccessError(
            f"{where}: {unknown[0]!r} is no member of a statement; members are written as Action, Resource"
        )
    effect = value.get("Effect")
    if effect not in {"Allow", "Deny"}:
        raise AccessError(f'{where}: Effect expects "Allow" or "Deny", got {effect!r}')
    actions = _names(value, "Action", where)
    if actions is None:
        raise AccessError(f"{where}: there is neither Action nor NotAction")
    for action in actions.values:
        check_action(action, where)
    principals = _principals(value, where)
    sid = value.get("Sid", "")
    if not isinstance(sid, str):
        raise AccessError(f"{where}: Sid expects text, got {_kind(sid)}")
    return Statement(
        effect=effect,
        actions=actions,
        resources=_names(value, "Resource", where),
        principals=principals,
        except_principals="NotPrincipal" in value,
        clauses=_clauses(value.get("Condition", {}), where),
        live=live,
        sid=sid,
        index=index,
    )


def _names(statement: Mapping[str, object], member: str, where: str) -> Names | None:
    named = [key for key in (member, f"Not{member}") if key in statement]
    if len(named) > 1:
        raise AccessError(f"{where}: {member} and Not{member} exclude each other")
    if not named:
        return None
    values = _texts(statement[named[0]], f"{where}: {named[0]}")
    if not values:
        raise AccessError(f"{where}: {named[0]} is empty; the statement would be refused")
    return Names(values, named[0] != member)


def _principals(statement: Mapping[str, object], where: str) -> tuple[tuple[str, str], ...] | None:
    named = [key for key in ("Principal", "NotPrincipal") if key in statement]
    if len(named) > 1:
        raise AccessError(f"{where}: Principal and NotPrincipal exclude each other")
    if not named:
        return None
    value = statement[named[0]]
    if value == "*":
        return (("AWS", "*"),)
    if not isinstance(value, Mapping) or not value:
        raise AccessError(f'{where}: {named[0]} expects "*" or an object such as {{"AWS": "..."}}, got {_kind(value)}')
    unknown = [str(kind) for kind in value if kind not in _PRINCIPALS]
    if unknown:
        raise AccessError(f"{where}: a principal's kind is one of {', '.join(_PRINCIPALS)}, got {unknown[0]!r}")
    return tuple((kind, text) for kind in value for text in _texts(value[kind], f"{where}: {named[0]}.{kind}"))


def _clauses(value: object, where: str) -> tuple[Clause, ...]:
    if not isinstance(value, Mapping):
        raise AccessError(f"{where}: Condition expects an object, got {_kind(value)}")
    clauses: list[Clause] = []
    for spelled, keys in value.items():
        try:
            operator = read_operator(str(spelled))
        except AccessError as error:
            raise AccessError(f"{where}: {error}") from error
        if not isinstance(keys, Mapping):
            raise AccessError(f"{where}: {spelled} expects an object of keys and values, got {_kind(keys)}")
        clauses.extend(_clause(operator, str(key), values, f"{where}: {spelled}") for key, values in keys.items())
    return tuple(clauses)


def _clause(operator: Operator, key: str, values: object, where: str) -> Clause:
    texts = _texts(values, f"{where} {key}")
    for text in texts:
        try:
            check_value(operator, text)
        except AccessError as error:
            raise AccessError(f"{where} {key}: {error}") from error
    return Clause(operator, key.lower(), key, texts)


def _texts(value: object, where: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(_text(one, where) for one in listed)


def _text(value: object, where: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise AccessError(f"{where}: expected text, got {_kind(value)}")


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list) else repr(value)
