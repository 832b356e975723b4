"""Kinds of callers that two documents can tell apart, each with what its requests carry.

A caller that no document names stands for all the others of its kind. A policy variable is tried with what the
documents could mean by it: each of their own words, words of nobody, and the key being absent.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from tapeproof.gate.access.condition import clause_variables
from tapeproof.gate.access.demand import Demanded, is_absent, is_value, matches_arn
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.principal import Kind, Principal
from tapeproof.gate.access.variables import variables_of
from tapeproof.gate.engine.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.access.document import Document, Statement

__all__ = ["Population", "populations"]

_ACCOUNT = re.compile(r"(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::.*)?")
_SESSION = re.compile(r"^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role/([^/]+)/(.+)$")
_STRANGERS = ("999988887777", "888877776666")
_WORDS = re.compile(r"[^\s/:*?${}',]+")
_MOST_WORDS = 24
_MOST = 4_000
_KINDS: dict[str, Kind] = {"Service": "service", "Federated": "federated", "CanonicalUser": "canonical"}


@record(slots=False)
class Population:
    """A caller and what is given with it.

    Attributes:
        principal: The caller; None where the documents belong to one identity.
        demands: What the request carries because of it.
        values: The values of policy variables that are tried, by key; a key without value is absent.
    """

    principal: Principal | None
    demands: tuple[Demanded, ...]
    values: dict[str, str | None]


def populations(old: Document, new: Document, account: str | None) -> Iterator[Population]:
    """Yield the callers to try.

    Args:
        old: The document before.
        new: The document after.
        account: The account that owns the resource; None for documents of an identity.

    Raises:
        UndecidedError: After those that were yielded, where there are more than are tried.
    """
    statements = [*old.statements, *new.statements]
    callers: list[Principal | None] = [None] if account is None else list(_callers(statements, account))
    spoken = {clause.key for statement in statements for clause in statement.clauses}
    named = [name for one in statements for kind, name in one.principals or () if kind == "AWS"]
    for caller, values in _combinations(callers, statements):
        demands = [is_value(key, value) if value is not None else is_absent(key) for key, value in values.items()]
        if caller is not None:
            demands.extend(demand for demand in _list_carried_keys(caller, named) if demand.coordinate in spoken)
        yield Population(caller, tuple(demands), values)


def _combinations(
    callers: list[Principal | None], statements: list[Statement]
) -> Iterator[tuple[Principal | None, dict[str, str | None]]]:
    keys = sorted({key for statement in statements for key in _variables(statement)})
    words = list(dict.fromkeys(_words(statements))) if keys else []
    # Not itertools.product of both: it keeps them in memory as a whole before it yields its first pair.
    pairs = ((caller, values) for values in _assignments(keys, words[:_MOST_WORDS]) for caller in callers)
    for tried, pair in enumerate(pairs):
        if tried == _MOST:
            raise UndecidedError(f"callers and policy variables make more than {_MOST} combinations")
        yield pair
    if len(words) > _MOST_WORDS:
        raise UndecidedError(f"a policy variable may be any of {len(words)} words, of which {_MOST_WORDS} are tried")


def _callers(statements: Iterable[Statement], account: str) -> Iterator[Principal]:
    named = dict.fromkeys(pair for statement in statements for pair in statement.principals or ())
    accounts = dict.fromkeys([account or _STRANGERS[1]])
    callers: dict[Principal, None] = {}
    for kind, name in named:
        if kind != "AWS":
            callers[Principal(_KINDS[kind], name)] = None
            continue
        found = _ACCOUNT.fullmatch(name) or _SESSION.match(name)
        if found:
            accounts[found[2] if found.re is _SESSION else found[1]] = None
            callers.update(dict.fromkeys(_identities(name)))
    for one in (*accounts, _STRANGERS[0]):
        callers[_role(one, "nobody-named-this", "run-1")] = None
        callers[Principal("user", f"arn:aws:iam::{one}:user/nobody-named-this", one)] = None
        callers[Principal("root", f"arn:aws:iam::{one}:root", one)] = None
    callers[Principal("service", "nobody-named-this.amazonaws.com")] = None
    callers[Principal("federated", "arn:aws:iam::999988887777:oidc-provider/nobody-named-this.example")] = None
    callers[Principal("anonymous")] = None
    yield from callers


def _identities(name: str) -> Iterator[Principal]:
    session = _SESSION.match(name)
    if session:
        yield _role(session[2], session[3], session[4])
        return
    account = (name.split(":") + [""] * 5)[4]
    if ":role/" in name:
        role = name.split(":role/", 1)[1]
        yield Principal("role", name, account, f"arn:aws:sts::{account}:assumed-role/{role.rsplit('/', 1)[-1]}/run-1")
    elif ":user/" in name:
        yield Principal("user", name, account)


def _role(account: str, role: str, session: str) -> Principal:
    return Principal(
        "role", f"arn:aws:iam::{account}:role/{role}", account, f"arn:aws:sts::{account}:assumed-role/{role}/{session}"
    )


def _list_carried_keys(caller: Principal, named: Iterable[str]) -> Iterator[Demanded]:
    """Yield what AWS puts into a request because of who asks; whom nobody names has no ARN that is named."""
    yield is_value("aws:principalisawsservice", "true" if caller.kind == "service" else "false")
    if not caller.is_identity:
        yield from (is_absent(key) for key in ("aws:principalarn", "aws:principalaccount", "aws:username"))
        return
    yield is_value("aws:principalaccount", caller.account)
    if caller.kind != "user":
        yield is_absent("aws:username")
    if caller.name.endswith("/nobody-named-this"):
        begins = caller.name.removesuffix("nobody-named-this")
        yield matches_arn("aws:principalarn", f"{begins}?*")
        yield from (is_value("aws:principalarn", one).opposite() for one in dict.fromkeys(named) if begins in one)
    else:
        yield is_value("aws:principalarn", caller.name)


def _assignments(keys: list[str], words: list[str]) -> Iterator[dict[str, str | None]]:
    choices: list[str | None] = ["mara", "q7-42-longer", *words, None]
    for values in itertools.product(choices, repeat=len(keys)):
        yield dict(zip(keys, values, strict=True))


def _variables(statement: Statement) -> Iterator[str]:
    if statement.resources is not None:
        for text in statement.resources.values:
            yield from variables_of(text, live=statement.live)
    for clause in statement.clauses:
        yield from clause_variables(clause, live=statement.live)


def _words(statements: list[Statement]) -> Iterator[str]:
    for statement in statements:
        texts = [text for clause in statement.clauses for text in clause.values]
        if statement.resources is not None:
            texts.extend(text.split(":", 5)[-1] for text in statement.resources.values)
        for text in texts:
            yield from _WORDS.findall(text)
