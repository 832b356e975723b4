"""Deliveries of EventBridge and Scheduler as on AWS: only where a policy lets them in, and again when they fail.

ministack 1.5.33 asks no policy on these hops: an event reaches a queue or a function that never admitted its rule. On
AWS it does not; it goes to the target's dead-letter queue, when that queue admits the rule, and is lost otherwise
(EventBridge User Guide, "Using dead-letter queues to process undelivered events").

Nor does it repeat an invocation that failed, and forgets its event. On AWS these invocations are asynchronous: Lambda
repeats them and hands what still fails to the destination that the alias has for it (AWS Lambda Developer Guide, "How
Lambda handles errors and retries with asynchronous invocation").
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["install"]

RULES, SCHEDULES = "events.amazonaws.com", "scheduler.amazonaws.com"
_LOG = logging.getLogger("tapeproof.emulator")


def install() -> None:
    """Put the question before each delivery."""
    from ministack.services import eventbridge

    deliver = eventbridge._invoke_target

    def deliver_if_let_in(target: Mapping[str, Any], event: Any, rule: Mapping[str, Any], view: Any = None) -> None:
        code = _refusal(str(target.get("Arn", "")), target, rule)
        if code is None:
            deliver(target, event, rule, view)
            return
        _LOG.warning("EventBridge: %s may not deliver to %s: %s", rule.get("Arn"), target.get("Arn"), code)
        view = view or eventbridge._pattern_event_view(event)
        _keep(json.dumps(view.event_with_detail()), target, rule, code)

    eventbridge._invoke_target = deliver_if_let_in
    eventbridge._dispatch_to_lambda = _invoke_asynchronously


def _invoke_asynchronously(arn: str, payload: str) -> None:
    """Invoke a function as often as the configuration of the alias, or of the function, says."""
    from ministack.services import lambda_svc

    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        return
    base, _, _ = lambda_svc._get_base_func_record_for_ref(arn)
    kept = (base or {}).get("event_invoke_configs") or {}
    qualifier = arn.split(":")[7] if arn.count(":") > 6 else "$LATEST"  # noqa: PLR2004 - arn:aws:lambda:R:A:function:NAME:Q
    record = lambda_svc._execution_record_for_config(function, config)
    record["event_invoke_config"] = kept.get(qualifier) or kept.get("$LATEST")
    lambda_svc.invoke_async_with_retry(record, json.loads(payload))


def _refusal(arn: str, target: Mapping[str, Any], rule: Mapping[str, Any]) -> str | None:
    """Return why a delivery is refused, as the attribute ERROR_CODE of a dead letter says it; None when it is not."""
    source = str(rule.get("Arn", ""))
    service = arn.split(":")[2] if arn.count(":") > 1 else ""
    if service not in {"lambda", "sqs"}:
        return None
    if not _exists(arn, service):
        return "RESOURCE_NOT_FOUND"
    if target.get("RoleArn"):
        action = "lambda:InvokeFunction" if service == "lambda" else "sqs:SendMessage"
        allowed = _role_may(str(target["RoleArn"]), action, arn)
    elif service == "sqs":
        allowed = _queue_admits(arn, source)
    else:
        allowed = _function_admits(arn, source)
    return None if allowed else "NO_PERMISSIONS"


def _exists(arn: str, service: str) -> bool:
    from ministack.services import lambda_svc, sqs

    if service == "sqs":
        return sqs._queue_by_arn(arn) is not None
    return lambda_svc._get_func_record_for_ref(arn)[0] is not None


def _queue_admits(queue: str, rule: str) -> bool:
    from ministack.core.responses import get_account_id
    from ministack.services import sqs

    return bool(sqs.queue_policy_allows(queue, RULES, rule, get_account_id()))


def _function_admits(function: str, rule: str) -> bool:
    from ministack.core.iam_evaluator import evaluate_resource_policy
    from ministack.core.responses import get_account_id
    from ministack.services import lambda_svc

    found = lambda_svc.function_policy_for_arn(":".join(function.split(":")[:7]))
    context = {"aws:sourcearn": rule, "aws:sourceaccount": get_account_id()}
    asked = _context("*", "Service", "lambda:InvokeFunction", function, context)
    return found is not None and evaluate_resource_policy(found[0], asked, service=RULES).decision == "Allow"


def _role_may(role: str, action: str, arn: str) -> bool:
    from ministack.core.iam_evaluator import _gather_role_policies, evaluate
    from ministack.core.responses import get_account_id

    policies = _gather_role_policies(role.rsplit("/", 1)[-1], get_account_id())
    return bool(evaluate(_context(role, "AssumedRole", action, arn, {}), policies).decision == "Allow")


def _context(who: str, kind: str, action: str, arn: str, keys: dict[str, str]) -> Any:
    from ministack.core.iam_evaluator import EvalContext
    from ministack.core.responses import get_account_id, get_region

    return EvalContext(
        principal_arn=who,
        principal_type=kind,
        principal_account="" if kind == "Service" else get_account_id(),
        action=action,
        resource_arn=arn,
        region=get_region(),
        secure_transport=True,  # services speak TLS to each other
        service_context=keys,
    )


def _keep(body: str, target: Mapping[str, Any], rule: Mapping[str, Any], code: str) -> None:
    """Put an event that could not be delivered into the target's dead-letter queue."""
    from ministack.services import eventbridge, sqs

    queue = str((target.get("DeadLetterConfig") or {}).get("Arn", ""))
    record = sqs._queue_by_arn(queue) if queue else None
    if record is None or not _queue_admits(queue, str(rule.get("Arn", ""))):
        _LOG.error("EventBridge: an event is lost, for %s has no dead-letter queue that takes it", target.get("Arn"))
        return
    before = len(record["messages"])
    eventbridge._dispatch_to_sqs(eventbridge.parse_arn(queue), body)
    attributes = {"ERROR_CODE": code, "RULE_ARN": str(rule.get("Arn", "")), "TARGET_ARN": str(target.get("Arn", ""))}
    for message in list(record["messages"])[before:]:
        message.setdefault("id", str(uuid.uuid4()))
        message.setdefault("sent_at", time.time())
        message["message_attributes"] = {
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        }
