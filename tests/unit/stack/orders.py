"""What becomes of an event at every moment of an apply, in every order that the plan's graph allows.

Terraform starts a step when everything that it waits for is done, and stops starting steps behind one that was refused.
So what has been done at any moment, refusals included, is a set of steps that holds, with each step, everything that it
waits for; and each such set is reached by some order. An event is lost in a set when no rule that matches it can
deliver. The search looks for such a set directly: every way of delivery must be cut, by a step that is not done yet or
by one that is.
"""

from __future__ import annotations

import fnmatch
import json
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from moto.events.models import EventPattern

from tests.unit.stack.recorded import Edges, Planned, ancestors, known_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Version(NamedTuple):
    """A resource as it is for a part of the apply.

    Attributes:
        address: Of the resource.
        kind: Its type.
        values: Its attributes.
        made: The step that makes it so; None, when it is so from the start.
        gone: The step that ends it; None, when it stays so.
    """

    address: str
    kind: str
    values: dict[str, Any]
    made: str | None = None
    gone: str | None = None


class Way(NamedTuple):
    """One way of delivery: open once its steps are made and until one of the others is."""

    made: frozenset[str]
    gone: frozenset[str]


def read_versions(planned: Planned) -> list[Version]:
    """Return every resource of a plan as it is before and after its step."""
    found: list[Version] = []
    ends = _values_afterwards(planned)
    for change in planned.changes:
        before, actions, address = change["change"]["before"], tuple(change["change"]["actions"]), change["address"]
        kind, after = change["type"], ends.get(address, {})
        removal = _removal(planned.edges, address)
        if actions in {("no-op",), ("read",)}:
            found.append(Version(address, kind, before or after))
            continue
        if "create" in actions or actions == ("update",):
            found.append(Version(address, kind, after, made=address))
        if "delete" in actions or actions == ("update",):
            found.append(Version(address, kind, before, gone=address if actions == ("update",) else removal))
    return found


def _values_afterwards(planned: Planned) -> dict[str, dict[str, Any]]:
    """Return the values of each resource after the apply, references to what is new resolved within its module."""
    ends = {
        change["address"]: known_values(change) for change in planned.changes if change["change"]["after"] is not None
    }
    for address, values in ends.items():
        module = address.rpartition(".aws_")[0]
        near = {address.removeprefix(f"{module}."): one for address, one in ends.items() if address.startswith(module)}
        queue, alias = near.get("aws_sqs_queue.buffer[0]", {}), near.get("aws_lambda_alias.live", {})
        rule, grant = near.get('aws_cloudwatch_event_rule.this["live"]', {}), 'aws_lambda_permission.rule["live"]'
        for name, value in {
            "aws_cloudwatch_event_target.this": {"arn": (alias if grant in near else queue).get("arn")},
            "aws_lambda_permission.rule": {"source_arn": rule.get("arn")},
            "aws_lambda_event_source_mapping": {
                "event_source_arn": queue.get("arn"),
                "function_name": alias.get("arn"),
            },
        }.items():
            unknown = _unknown(planned, address) if f".{name}" in address else set()
            values.update({attribute: made for attribute, made in value.items() if attribute in unknown})
    return ends


def _unknown(planned: Planned, address: str) -> set[str]:
    changes = (change["change"] for change in planned.changes if change["address"] == address)
    marks = (change.get("after_unknown") or {} for change in changes)
    return {name for marked in marks for name, missing in marked.items() if missing is True}


def _removal(edges: Edges, address: str) -> str:
    return next((node for node in edges if node.startswith(f"{address} (destroy")), f"{address} (destroy)")


def find_ways(versions: list[Version], event: dict[str, Any]) -> list[Way]:
    """Return every way in which an event can be delivered at some moment of the apply."""
    ways: list[Way] = []
    for rule in (one for one in versions if one.kind == "aws_cloudwatch_event_rule"):
        if not EventPattern.load(rule.values["event_pattern"]).matches_event(event):  # type: ignore[arg-type]
            continue
        for target in (one for one in versions if one.kind == "aws_cloudwatch_event_target"):
            if target.values["rule"] == rule.values["name"]:
                parts = [[rule], [target], *_receivers(versions, rule.values["arn"], target.values["arn"])]
                ways += [_way(chosen) for chosen in product(*parts)]
    return ways


def _way(parts: Iterable[Version]) -> Way:
    chosen = list(parts)
    return Way(frozenset(one.made for one in chosen if one.made), frozenset(one.gone for one in chosen if one.gone))


def _receivers(versions: list[Version], rule: str, target: str) -> Iterator[list[Version]]:
    """Yield, for each thing that a delivery needs behind the target, the versions that serve."""

    def serving(kind: str, serves: Callable[[dict[str, Any]], bool]) -> list[Version]:
        return _merged([one for one in versions if one.kind == kind and serves(one.values)])

    alias = target
    if ":sqs:" in target:
        yield serving("aws_sqs_queue", lambda queue: queue["arn"] == target and _lets_in(queue, rule))
        yield serving("aws_kms_key", lambda key: _serves_queue(key, target))
        mappings = serving("aws_lambda_event_source_mapping", lambda mapping: mapping["event_source_arn"] == target)
        yield mappings
        alias = mappings[0].values["function_name"] if mappings else ""
    else:
        yield serving("aws_lambda_permission", lambda grant: grant["source_arn"] == rule)
    yield serving("aws_lambda_alias", lambda one: one["arn"] == alias)
    name = alias.split(":")[6] if alias else ""
    yield serving("aws_lambda_function", lambda one: one["function_name"] == name)
    role = f"role-{name}"
    yield serving("aws_iam_role_policy", lambda one: one["name"] == f"policy-{name}")
    yield serving("aws_iam_role", lambda one: one["name"] == role)


def _merged(versions: list[Version]) -> list[Version]:
    """Return the versions, with one that is always there for a resource that serves before and after its update."""
    merged: list[Version] = []
    for address in dict.fromkeys(one.address for one in versions):
        same = [one for one in versions if one.address == address]
        always = len(same) > 1 and all(address in {one.made, one.gone} for one in same)
        merged += [same[0]._replace(made=None, gone=None)] if always else same
    return merged


def _lets_in(queue: dict[str, Any], rule: str) -> bool:
    return any(
        statement["Effect"] == "Allow" and _named(statement, "aws:SourceArn", rule)
        for statement in json.loads(queue["policy"])["Statement"]
    )


def _serves_queue(key: dict[str, Any], queue: str) -> bool:
    return any(
        _named(statement, "kms:EncryptionContext:aws:sqs:arn", queue)
        for statement in json.loads(key["policy"])["Statement"]
    )


def _named(statement: dict[str, Any], key: str, arn: str) -> bool:
    conditions = statement.get("Condition", {})
    wanted = [conditions.get(operator, {}).get(key, []) for operator in ("ArnEquals", "ArnLike")]
    patterns = [one for value in wanted for one in ([value] if isinstance(value, str) else value)]
    return any(fnmatch.fnmatchcase(arn, pattern) for pattern in patterns)


def find_loss(ways: list[Way], edges: Edges) -> set[str] | None:
    """Return steps after which every way is cut, or None when there is no such moment in any order."""
    return _cut(sorted(set(ways), key=lambda way: len(way.made) + len(way.gone)), edges, set(), set())


def _cut(ways: list[Way], edges: Edges, done: set[str], missing: set[str]) -> set[str] | None:
    if not ways:
        return done
    way, *others = ways
    if way.made & missing or way.gone & done:
        return _cut(others, edges, done, missing)
    for step in way.made - done:
        found = _cut(others, edges, done, missing | {step})
        if found is not None:
            return found
    for step in way.gone:
        further = done | {step} | ancestors(edges, step)
        if not further & missing:
            found = _cut(others, edges, further, missing)
            if found is not None:
                return found
    return None


def removed_receivers(planned: Planned) -> set[str]:
    """Return the queues, mappings and functions in which events may wait, and which the apply removes or makes anew."""
    waiting = {"aws_sqs_queue", "aws_lambda_event_source_mapping", "aws_lambda_function", "aws_lambda_alias"}
    return {
        change["address"]
        for change in planned.changes
        if change["type"] in waiting and "delete" in change["change"]["actions"]
    }
