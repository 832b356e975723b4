"""Random policies over small alphabets, judged by an evaluator that tries everything.

`TAPEPROOF_SOAK` says how many policies are drawn.
"""

from __future__ import annotations

import itertools
import random
import re
from typing import Any, Literal

import pytest

from tapeproof.gate.access.cases import read_request_case
from tapeproof.gate.access.decision import Answer, decide
from tapeproof.gate.access.difference import Witness, find_new_access
from tapeproof.gate.access.document import read_document
from tests.effort import cases

POLICIES = cases(2000)
BATCHES = 20

HOME, AWAY = "111111111111", "222222222222"
ACTIONS = ["s3:Get", "s3:Put", "sqs:Get", "kms:Sign"]
ACTION_PATTERNS = [*ACTIONS, "*", "s3:*", "*:Get", "s3:?et", "S3:GET", "kms:*"]
KEY_ARN = f"arn:aws:kms:r:{HOME}:key/k"
RESOURCES = ["arn:aws:s3:::a", "arn:aws:s3:::ab", "arn:aws:s3:::a/b", f"arn:aws:sqs:r:{HOME}:q", KEY_ARN]
RESOURCE_PATTERNS = [
    *RESOURCES,
    "*",
    "arn:aws:s3:::a*",
    "arn:aws:s3:::?",
    "arn:aws:s3:::a?*",
    "arn:aws:s3:::${t:v}",
    "arn:*",
]
VALUES: list[list[str]] = [[], ["a"], ["ab"], ["A"], ["b"]]
LISTS: list[list[str]] = [[], ["a"], ["ab"], ["b"], ["a", "b"], ["a", "ab"], ["a", "ab", "b"]]
OPERATORS = [
    "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase",
    "StringEqualsIfExists", "StringNotLikeIfExists",
]  # fmt: skip
LIST_OPERATORS = [
    f"{quantifier}:{operator}" for quantifier in ("ForAllValues", "ForAnyValue") for operator in OPERATORS[:5]
]
WORDS = ["a", "ab", "b", "a*", "?", "*", "${t:v}"]
ROLE = f"arn:aws:iam::{HOME}:role/app"
FAR_ROLE = f"arn:aws:iam::{AWAY}:role/far"
USER = f"arn:aws:iam::{HOME}:user/mara"
CALLERS: list[dict[str, str]] = [
    {"kind": "role", "arn": ROLE, "account": HOME, "session_arn": f"arn:aws:sts::{HOME}:assumed-role/app/s"},
    {"kind": "role", "arn": FAR_ROLE, "account": AWAY, "session_arn": f"arn:aws:sts::{AWAY}:assumed-role/far/s"},
    {"kind": "user", "arn": USER, "account": HOME},
    {"kind": "service", "name": "sns.amazonaws.com"},
    {"kind": "anonymous"},
]
PRINCIPALS: list[Any] = [
    "*", {"AWS": "*"}, {"AWS": ROLE}, {"AWS": USER}, {"AWS": HOME}, {"AWS": f"arn:aws:iam::{AWAY}:root"},
    {"Service": "sns.amazonaws.com"}, {"AWS": [FAR_ROLE, USER]}, {"AWS": f"arn:aws:sts::{HOME}:assumed-role/app/s"},
]  # fmt: skip


def _some(draw: random.Random, values: list[str]) -> object:
    chosen = draw.sample(values, draw.choice([1, 1, 2]))
    return chosen[0] if len(chosen) == 1 and draw.random() < 0.5 else chosen


def _condition(draw: random.Random) -> dict[str, Any]:
    condition: dict[str, Any] = {}
    for _ in range(draw.choice([0, 0, 1, 1, 2])):
        if draw.random() < 0.2:
            condition.setdefault("Null", {})[draw.choice(["t:k", "t:l"])] = draw.choice(["true", "false"])
        elif draw.random() < 0.7:
            condition.setdefault(draw.choice(OPERATORS), {})[draw.choice(["t:k", "t:v"])] = _some(draw, WORDS)
        else:
            condition.setdefault(draw.choice(LIST_OPERATORS), {})["t:l"] = _some(draw, WORDS)
    return condition


def _document(draw: random.Random, *, principals: bool) -> dict[str, Any]:
    statements: list[dict[str, Any]] = []
    for _ in range(draw.choice([1, 1, 2, 3])):
        statement: dict[str, Any] = {"Effect": draw.choice(["Allow", "Allow", "Deny"])}
        statement[draw.choice(["Action", "Action", "Action", "NotAction"])] = _some(draw, ACTION_PATTERNS)
        statement[draw.choice(["Resource", "Resource", "Resource", "NotResource"])] = _some(draw, RESOURCE_PATTERNS)
        if principals:
            statement[draw.choice(["Principal"] * 7 + ["NotPrincipal"])] = draw.choice(PRINCIPALS)
        condition = _condition(draw)
        if condition:
            statement["Condition"] = condition
        statements.append(statement)
    return {"Version": draw.choice(["2012-10-17", "2012-10-17", "2008-10-17"]), "Statement": statements}


class Oracle:
    """AWS's documented rules, as plainly as they can be written, for requests without open keys."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.context = request["context"]

    def matches(self, pattern: str, text: str, *, live: bool, wild: bool = True, fold: bool = False) -> bool:
        if live and "${t:v}" in pattern:
            value = self.context.get("t:v")
            if not value:
                return False
            pattern = pattern.replace("${t:v}", "\0")
            value_part = re.escape(value[0])
        else:
            value_part = ""
        parts = [
            value_part
            if letter == "\0"
            else ".*"
            if wild and letter == "*"
            else "."
            if wild and letter == "?"
            else re.escape(letter)
            for letter in pattern
        ]
        return re.fullmatch("".join(parts), text, re.DOTALL | (re.IGNORECASE if fold else 0)) is not None

    def clause(self, spelled: str, key: str, listed: object, *, live: bool) -> bool:
        texts = listed if isinstance(listed, list) else [listed]
        values = self.context.get(key, [])
        if spelled == "Null":
            return ("false" if values else "true") in texts
        quantifier, _, name = spelled.rpartition(":")
        if_exists = name.endswith("IfExists")
        name = name.removesuffix("IfExists")
        negated = "Not" in name
        base = name.replace("Not", "")
        if not values:
            return if_exists or quantifier == "ForAllValues" or (negated and not quantifier)

        def one(value: str) -> bool:
            wild, fold = base == "StringLike", base == "StringEqualsIgnoreCase"
            return any(self.matches(text, value, live=live, wild=wild, fold=fold) for text in texts) != negated

        if quantifier == "ForAnyValue" or (not quantifier and not negated):
            return any(map(one, values))
        return all(map(one, values))

    def applies(self, statement: dict[str, Any], *, live: bool) -> bool:
        def named(member: str, text: str, *, fold: bool, variables: bool) -> bool:
            for name in (member, f"Not{member}"):
                if name in statement:
                    listed = statement[name] if isinstance(statement[name], list) else [statement[name]]
                    found = any(self.matches(one, text, live=variables and live, fold=fold) for one in listed)
                    return found == (name == member)
            return True

        return (
            named("Action", self.request["action"], fold=True, variables=False)
            and named("Resource", self.request["resource"], fold=False, variables=True)
            and all(
                self.clause(spelled, key, listed, live=live)
                for spelled, keys in statement.get("Condition", {}).items()
                for key, listed in keys.items()
            )
        )

    def closeness(self, statement: dict[str, Any]) -> str:
        """How a statement names the caller: not, by account, as role, or directly."""
        caller = self.request["principal"]
        found = self._named(statement.get("Principal", statement.get("NotPrincipal", "*")), caller)
        if "NotPrincipal" not in statement:
            return found
        if statement["Effect"] == "Deny" and self.request.get("bounded"):
            return "direct"
        # A Deny spares a session by its own ARN, not by its role's (AWS re:Post, NotPrincipal and roles).
        return "no" if found == "direct" or (found == "role" and statement["Effect"] == "Allow") else "direct"

    @staticmethod
    def _named(element: str | dict[str, Any], caller: dict[str, str]) -> str:
        if element == "*":
            return "direct"
        found = {"no"}
        for kind, names in element.items():
            for name in names if isinstance(names, list) else [names]:
                if kind == "Service":
                    found.add("direct" if caller.get("name") == name else "no")
                elif name == "*" or name == caller.get("session_arn"):
                    found.add("direct")
                elif name == caller.get("arn"):
                    found.add("role" if caller["kind"] == "role" else "direct")
                elif caller.get("account") and name in {caller["account"], f"arn:aws:iam::{caller['account']}:root"}:
                    found.add("direct" if caller["kind"] == "root" else "account")
        return next(one for one in ("direct", "role", "account", "no") if one in found)

    def effects(self, document: dict[str, Any] | None) -> set[tuple[str, str]]:
        if document is None:
            return set()
        live = document["Version"] == "2012-10-17"
        return {
            (statement["Effect"], closeness)
            for statement in document["Statement"]
            if (closeness := self.closeness(statement)) != "no" and self.applies(statement, live=live)
        }

    def allows(self, policies: dict[str, Any]) -> bool:
        self.request["bounded"] = policies["boundary"] is not None
        found = {
            "identity": set().union(*(self.effects(document) for document in policies["identity"])),
            **{
                layer: self.effects(policies[layer]) for layer in ("resource", "key", "boundary", "session", "endpoint")
            },
        }
        is_key = self.request["action"].startswith("kms:") and ":key/" in self.request["resource"]
        found.pop("resource" if is_key and policies["key"] is not None else "key")
        if any(effect == "Deny" for effects in found.values() for effect, _ in effects):
            return False
        if policies["endpoint"] is not None and not found["endpoint"]:
            return False
        caller = self.request["principal"]
        by_resource = {closeness for layer in ("key", "resource") for _, closeness in found.get(layer, set())}
        limits = all(found[layer] for layer in ("boundary", "session") if policies[layer] is not None)
        own = bool(found["identity"]) and limits
        if "account" not in caller:
            return "direct" in by_resource
        if caller["account"] != HOME:
            return own and bool(by_resource)
        named = "direct" in by_resource or ("role" in by_resource and limits)
        return named or (own and (not is_key or bool(by_resource)))


def _policies(draw: random.Random) -> dict[str, Any]:
    def perhaps(chance: float, *, principals: bool) -> dict[str, Any] | None:
        return _document(draw, principals=principals) if draw.random() < chance else None

    return {
        "identity": [_document(draw, principals=False) for _ in range(draw.choice([0, 1, 1, 2]))],
        "resource": perhaps(0.6, principals=True),
        "key": perhaps(0.6, principals=True),
        "boundary": perhaps(0.2, principals=False),
        "session": perhaps(0.2, principals=False),
        "endpoint": perhaps(0.2, principals=True),
    }


def _request(draw: random.Random) -> dict[str, Any]:
    context = {key: value for key, value in (("t:k", draw.choice(VALUES)), ("t:v", draw.choice(VALUES))) if value}
    values = draw.choice(LISTS)
    return {
        "principal": draw.choice(CALLERS),
        "action": draw.choice(ACTIONS),
        "resource": draw.choice(RESOURCES),
        "resource_account": HOME,
        "context": {**context, **({"t:l": values} if values else {})},
    }


@pytest.mark.parametrize("seed", range(BATCHES))
def test_decisions_on_known_requests_agree_with_trying_statement_by_statement(seed: int) -> None:
    draw = random.Random(seed)
    for number in range(POLICIES // BATCHES):
        policies, request = _policies(draw), _request(draw)
        decided = decide(*read_request_case({"policies": policies, "request": request}, f"case {seed}.{number}"))
        owed = Answer.ALLOWED if Oracle(request).allows(policies) else Answer.DENIED
        assert decided.answer is owed, (policies, request)


@pytest.mark.parametrize("seed", range(BATCHES))
def test_decisions_on_open_keys_agree_with_trying_every_value(seed: int) -> None:
    """The words of the policies, and one that matches none of them, stand for all values."""
    draw = random.Random(1000 + seed)
    words = ["a", "ab", "b", "zz", "az", "z", "A", *WORDS[3:]]
    singles = [[], *([word] for word in words)]
    lists = [list(values) for count in range(3) for values in itertools.combinations(words, count)]
    for number in range(POLICIES // BATCHES // 8):
        policies, request = _policies(draw), _request(draw)
        unknown = draw.sample(["t:k", "t:l"], draw.choice([1, 2]))
        for key in unknown:
            request["context"].pop(key, None)
        decided = decide(*read_request_case({"policies": policies, "request": {**request, "unknown": unknown}}, "case"))
        owed: set[bool] = set()
        for chosen in itertools.product(*(lists if key == "t:l" else singles for key in unknown)):
            context = {
                **request["context"],
                **{key: value for key, value in zip(unknown, chosen, strict=True) if value},
            }
            owed.add(Oracle({**request, "context": context}).allows(policies))
            if len(owed) == 2:
                break
        answer = Answer.ALLOWED_IF if len(owed) == 2 else Answer.ALLOWED if owed == {True} else Answer.DENIED
        assert decided.answer is answer, (seed, number, policies, request, unknown)


def _world(*, callers: bool) -> list[dict[str, Any]]:
    return [
        {"principal": caller, "action": action, "resource": resource, "context": context}
        for caller in (CALLERS if callers else CALLERS[2:3])
        for action in ACTIONS
        for resource in RESOURCES
        for single, word, values in itertools.product([[], ["a"], ["zz"]], [[], ["a"]], [[], ["a"], ["a", "zz"]])
        for context in [{key: value for key, value in (("t:k", single), ("t:v", word), ("t:l", values)) if value}]
    ]


def _allowed_alone(document: dict[str, Any], request: dict[str, Any]) -> bool:
    return {effect for effect, _ in Oracle(request).effects(document)} == {"Allow"}


def _request_of(witness: Witness) -> dict[str, Any]:
    principal = witness.principal
    caller: dict[str, str] = {"kind": "anonymous"}
    if principal is not None:
        member = "arn" if principal.is_identity else "name"
        caller = {"kind": principal.kind, member: principal.name, "session_arn": principal.session}
        caller |= {"account": principal.account} if principal.account else {}
    context = {key: list(value) for key, value in witness.context.items()}
    return {"principal": caller, "action": witness.action, "resource": witness.resource, "context": context}


@pytest.mark.parametrize("kind", ["identity", "resource"])
@pytest.mark.parametrize("seed", range(BATCHES // 2))
def test_new_access_is_found_exactly_where_a_request_shows_it(kind: Literal["identity", "resource"], seed: int) -> None:
    draw = random.Random(f"{kind} {seed}")
    worlds = _world(callers=kind == "resource")
    for number in range(POLICIES // BATCHES // 4):
        old, new = (_document(draw, principals=kind == "resource") for _ in range(2))
        if draw.random() < 0.5:
            new["Statement"] = [*old["Statement"], *new["Statement"]][: draw.choice([1, 2, 3])]
        found = find_new_access(read_document(old), read_document(new), kind, HOME)
        assert found.new_access is not None, found.reason
        if found.witness is not None:
            request = _request_of(found.witness)
            assert _allowed_alone(new, request), (number, old, new, request)
            assert not _allowed_alone(old, request), (number, old, new, request)
        else:
            shown = next((one for one in worlds if _allowed_alone(new, one) and not _allowed_alone(old, one)), None)
            assert shown is None, (number, old, new, shown)
