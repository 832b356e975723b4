"""Quotas that AWS enforces and the embedded AWS does not, each with its source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tapeproof.local.emulator.requests import Refusal, Request

__all__ = ["PATTERN_CHARACTERS", "POLICY_CHARACTERS", "RULES_PER_BUS", "TARGETS_PER_RULE", "find_refusal"]

# Amazon EventBridge User Guide, "EventBridge quotas".
PATTERN_CHARACTERS = 2_048
RULES_PER_BUS = 300
TARGETS_PER_RULE = 5
# IAM User Guide, "IAM and AWS STS quotas": inline policies of a role together, white space not counted.
POLICY_CHARACTERS = 10_240
# Amazon CloudWatch API Reference, PutCompositeAlarm.
COMPOSITE_CHARACTERS, COMPOSITE_CHILDREN = 10_240, 100


def find_refusal(request: Request) -> Refusal | None:
    """Return why AWS would refuse a request for a quota; None when it would not."""
    check = _CHECKS.get(request.operation)
    said = check(request) if check else None
    return None if said is None else {"code": said[0], "message": said[1]}


def _put_rule(request: Request) -> tuple[str, str] | None:
    from ministack.services import eventbridge

    asked = _read(request)
    if len(str(asked.get("EventPattern", ""))) > PATTERN_CHARACTERS:
        return "LimitExceededException", f"EventPattern is longer than {PATTERN_CHARACTERS} characters"
    bus = asked.get("EventBusName", "default")
    names = {rule["Name"] for rule in eventbridge._rules.values() if rule.get("EventBusName", "default") == bus}
    if asked.get("Name") not in names and len(names) >= RULES_PER_BUS:
        return "LimitExceededException", f"the event bus {bus} has {RULES_PER_BUS} rules"
    return None


def _put_targets(request: Request) -> tuple[str, str] | None:
    from ministack.services import eventbridge

    asked = _read(request)
    key = eventbridge._rule_key(asked.get("Rule"), asked.get("EventBusName", "default"))
    ids = {target["Id"] for target in [*eventbridge._targets.get(key, []), *asked.get("Targets", [])]}
    if len(ids) > TARGETS_PER_RULE:
        return "LimitExceededException", f"a rule has at most {TARGETS_PER_RULE} targets"
    return None


def _put_role_policy(request: Request) -> tuple[str, str] | None:
    from ministack.core.responses import get_account_id
    from ministack.services import iam

    asked = request.query()
    role = iam._roles.get_scoped(get_account_id(), None, asked.get("RoleName", "")) or {}
    kept = {**(role.get("InlinePolicies") or {}), asked.get("PolicyName", ""): asked.get("PolicyDocument", "")}
    texts = (one if isinstance(one, str) else json.dumps(one) for one in kept.values())
    if sum(len("".join(text.split())) for text in texts) > POLICY_CHARACTERS:
        return (
            "LimitExceeded",
            f"Maximum policy size of {POLICY_CHARACTERS} bytes exceeded for role {asked.get('RoleName')}",
        )
    return None


def _put_composite(request: Request) -> tuple[str, str] | None:
    rule = str(_read(request).get("AlarmRule") or request.query().get("AlarmRule", ""))
    if len(rule) > COMPOSITE_CHARACTERS or rule.count("ALARM(") > COMPOSITE_CHILDREN:
        return (
            "ValidationError",
            f"AlarmRule has more than {COMPOSITE_CHARACTERS} characters or {COMPOSITE_CHILDREN} alarms",
        )
    return None


def _read(request: Request) -> dict[str, Any]:
    try:
        read = json.loads(request.body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


_CHECKS = {
    "PutCompositeAlarm": _put_composite,
    "PutRolePolicy": _put_role_policy,
    "PutRule": _put_rule,
    "PutTargets": _put_targets,
}
