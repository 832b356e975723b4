"""What a role can do: its statements one by one, with what takes them away, and what its code never asks for."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from tapeproof.gate.access.attachments import IDENTITIES
from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.document import Names
from tapeproof.gate.access.endpoints import find_endpoint_policy
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.holdings import KEYS
from tapeproof.gate.access.patterns import wildcard
from tapeproof.gate.access.request import names_action, static_resource
from tapeproof.gate.access.search import Demand, find_string, overlaps
from tapeproof.gate.access.site import site_of
from tapeproof.gate.access.wording import say_decision, say_statement
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.access.calls import Calls
    from tapeproof.gate.access.decision import Decision
    from tapeproof.gate.access.document import Statement
    from tapeproof.gate.access.evaluation import Policies
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Stack

_BY_AWS = tuple(
    wildcard(one, folded=True)
    for one in (
        "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "xray:Put*", "kms:Decrypt",
        "kms:GenerateDataKey*", "kms:ReEncrypt*", "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage",
        "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility", "sns:Publish", "dynamodb:GetRecords",
        "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams", "kinesis:Get*",
        "kinesis:Describe*", "kinesis:ListShards", "kinesis:SubscribeToShard", "ec2:*NetworkInterface*",
    )
)  # fmt: skip
"""What Lambda, X-Ray and the services that encrypt ask for with a function's role (AWS Lambda Developer Guide,
"Defining Lambda function permissions with an execution role", and the pages of each event source)."""

__all__ = ["Power", "exit_status", "find_powers", "render_powers"]


@record(slots=False)
class Power:
    """What one statement lets a role do.

    Attributes:
        action: The action, or a pattern of actions.
        resource: The resource, or a pattern.
        decision: What is left of it under Denies and the boundary, decided for one request that the pattern covers.
        holder: The address of the policy.
        statement: The statement.
        called: Whether the code calls it; None where no code was looked at.
        by_aws: Whether AWS asks for such things itself in the name of a function's role: logs, traces, sources, keys.
    """

    action: str
    resource: str
    decision: Decision
    holder: str
    statement: Statement
    called: bool | None = None
    by_aws: bool = False


def find_powers(stack: Stack, wanted: str, calls: Calls | None = None) -> list[Power]:
    """Return what a role may do, statement by statement.

    Args:
        stack: The stack.
        wanted: The address or the name of a role.
        calls: What its code calls, where that was looked at.

    Raises:
        AccessError: There is no such role.
    """
    site = site_of(stack)
    holders = list(stack.resources(*IDENTITIES, "aws_iam_group"))
    role = next((one for one in holders if wanted in {one.address, site.world.name(one)}), None)
    if role is None:
        known = ", ".join(sorted(one.address for one in holders)) or "none"
        raise AccessError(f"{wanted}: no role, user or group of this stack has this address or name; there are {known}")
    return list(_find_powers(site, role, calls))


class _Asker(NamedTuple):
    """A role with all that is attached to it."""

    site: Site
    role: Resource
    policies: Policies

    def decide(self, statement: Statement, action: str, resource: str) -> Decision:
        """Decide one request of those that an action and a resource of a statement cover."""
        target = _find_resource(statement, resource)
        asked = _find_action(statement.actions, action) or action
        endpoint = find_endpoint_policy(self.site.holdings, self.role, asked)
        policies = self.policies._replace(endpoint=endpoint, **self._guards(target))
        return self.site.ask(self.site.principal_of(self.role), policies, asked, target)

    def _guards(self, arn: str) -> dict[str, Any]:
        """Return the policy of a key of the stack, without which no identity may use it, and the grants on it."""
        keys = self.site.stack.resources(*KEYS)
        key = next((one for one in keys if self.site.world.arn(one) == arn), None)
        return {} if key is None else {"key": self.site.guard_of(key), "grants": self.site.grants_on(key)}


def _find_powers(site: Site, role: Resource, calls: Calls | None) -> Iterator[Power]:
    asker = _Asker(site, role, site.policies_of(role))
    for one in site.holdings.identity(role):
        for statement in one.document.statements:
            if statement.effect == "Allow":
                resources = statement.resources or Names(("*",))  # without any it is one that could not be read
                for action, resource in product(_list_names(statement.actions), _list_names(resources)):
                    named = statement.actions if statement.actions.negated else Names((action,))
                    called = None if calls is None else any(names_action(named, one) for one in calls.actions)
                    decision = asker.decide(statement, action, resource)
                    by_aws = any(overlaps([glob], [wildcard(action, folded=True)]) for glob in _BY_AWS)
                    yield Power(action, resource, decision, one.holder.address, statement, called, by_aws)


def _list_names(names: Names) -> list[str]:
    return [f"everything but {', '.join(names.values)}"] if names.negated else list(names.values)


def _find_action(names: Names, pattern: str) -> str | None:
    """Return one action that a name covers; of everything but some, one that is none of them."""
    of_a_service = Demand((wildcard("?*:?*"),))
    if names.negated:
        refused = Demand(tuple(wildcard(one, folded=True) for one in names.values), wanted=False)
        return find_string([of_a_service, refused])
    return find_string([Demand((wildcard(pattern, folded=True),)), of_a_service])


def _find_resource(statement: Statement, pattern: str) -> str:
    names = statement.resources
    if names is not None and names.negated:
        globs = tuple(wildcard(one) for one in names.values)
        return find_string([Demand((wildcard("arn:?*"),)), Demand(globs, wanted=False)]) or "*"
    glob = static_resource(pattern, live=statement.live)
    return pattern if glob is None else find_string([Demand((glob,))]) or pattern


_UNUSED = {False: "  NEVER CALLED by the code", True: "  not called by the code; AWS may ask for it in the role's name"}


def exit_status(powers: Iterable[Power]) -> int:
    """Return 0, or 2 where of one statement it is not known whether it allows anything."""
    return 2 if any(power.decision.answer is Answer.UNKNOWN for power in powers) else 0


def render_powers(role: str, powers: list[Power], calls: Calls | None) -> list[str]:
    """Return the lines that tell what a role can do, what takes it away, and what its code never calls."""
    lines = [f"{role} is given"]
    for power in powers:
        unused = _UNUSED[power.by_aws] if power.called is False else ""
        lines.append(f"  {say_decision(power.decision, {})}: {power.action} on {power.resource}{unused}")
        lines.append(f"      {say_statement(power.holder, power.statement)}")
    if calls is not None:
        lines += [f"  NOT KNOWN what is called at {one}" for one in calls.unknown]
        unused_number = sum(power.called is False and not power.by_aws for power in powers)
        lines.append(f"{len(powers)} found, {unused_number} never called by the code that was looked at.")
    return lines
