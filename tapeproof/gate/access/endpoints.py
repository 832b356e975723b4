"""VPC endpoints: whose requests pass one, and what its policy leaves of them.

A function in a VPC reaches a service through the endpoint that its VPC has for it; what AWS does in the name of the
function's role (polling, logs, destinations) does not pass it.
Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.document import Document, Names, Statement, merge_documents
from tapeproof.gate.access.reading import ANYONE, unread_document
from tapeproof.gate.engine.model import Resource, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.holdings import Holdings
    from tapeproof.gate.engine.model import Block

__all__ = ["FULL_ACCESS", "find_endpoint_policy", "policy_of_endpoint"]

FULL_ACCESS = Document((Statement("Allow", Names(("*",)), Names(("*",)), (("AWS", "*"),)),), "endpoint")
"""The policy of an endpoint that was made without one."""
_NAMES = {"cloudwatch": "monitoring", "kinesis": "kinesis-streams"}
"""What endpoints call a service whose actions begin otherwise (AWS PrivateLink Guide, "Services that integrate")."""
_LAMBDA = (("Service", "lambda.amazonaws.com"),)


def policy_of_endpoint(holdings: Holdings, endpoint: Resource) -> Document:
    """Return the policy of a VPC endpoint, that which is kept apart included."""
    try:
        owned = holdings.find_attached(endpoint)
    except Undecided as undecided:
        return unread_document(undecided.why, endpoint.address)
    return merge_documents([one.document for one in owned]) if owned else FULL_ACCESS


def find_endpoint_policy(holdings: Holdings, role: Resource, action: str) -> Document | None:
    """Return what endpoints leave of a role's requests to a service; None where they need not pass any.

    Args:
        holdings: The policies of the stack.
        role: A role; only one that nothing but functions in VPCs can use is bound to endpoints.
        action: An action of the service.
    """
    endpoints = list(_list_endpoints(holdings, action.partition(":")[0].lower()))
    functions = _list_functions(holdings, role) if endpoints else ()
    if not functions:
        return None
    passed: list[Document] = []
    for endpoint in endpoints:
        shared = [_share_network(holdings, function, endpoint) for function in functions]
        if all(one is False for one in shared):
            continue
        policy = policy_of_endpoint(holdings, endpoint)
        why = f"whether its requests pass {endpoint.address} cannot be told"
        doubt = Statement("Allow", Names(("*",)), principals=ANYONE, unread=(why,))
        sure = all(shared)
        passed.append(policy if sure else Document((*policy.statements, doubt), policy.name))
    return merge_documents(passed) if passed else None


def _list_functions(holdings: Holdings, role: Resource) -> list[Resource]:
    """Return the functions that run as a role; none where anything else may use it, or one of them is in no VPC."""
    if role.type != "aws_iam_role" or not _is_for_functions(holdings, role):
        return []
    try:
        functions = list(holdings.find_referrers("aws_lambda_function", "role", role))
        inside = [function for function in functions if list(function.blocks("vpc_config"))]
    except Undecided:
        return []
    return functions if len(inside) == len(functions) else []


def _is_for_functions(holdings: Holdings, role: Resource) -> bool:
    allows = [one for one in holdings.trust(role).document.statements if one.effect == "Allow"]
    return bool(allows) and all(one.principals == _LAMBDA and not one.except_principals for one in allows)


def _list_endpoints(holdings: Holdings, service: str) -> Iterator[Resource]:
    ending = f".{_NAMES.get(service, service)}"
    for endpoint in holdings.stack.resources("aws_vpc_endpoint"):
        if holdings.world.text(endpoint["service_name"]).endswith(ending) and _answers_names(endpoint):
            yield endpoint


def _answers_names(endpoint: Resource) -> bool:
    """Return whether the service's usual name leads to the endpoint: a gateway, or an interface with private names."""
    try:
        kind = endpoint["vpc_endpoint_type"]
        private = endpoint["private_dns_enabled"]
        return kind.is_null or kind.text() != "Interface" or (not private.is_null and private.boolean())
    except Undecided:
        return True


def _share_network(holdings: Holdings, function: Resource, endpoint: Resource) -> bool | None:
    """Return whether a function and an endpoint are in one VPC; None where that cannot be told."""
    networks = {text for block in function.blocks("vpc_config") for text in _list_networks(holdings, block)}
    wanted = holdings.world.spell(endpoint["vpc_id"])
    if wanted.text in networks:
        return True
    return None if "" in networks or wanted.why else False


def _list_networks(holdings: Holdings, block: Block) -> Iterator[str]:
    """Yield the ids of the VPCs of a function's subnets, an empty one for a subnet that is not known."""
    own = block["vpc_id"]
    if own.known and not own.is_null:
        yield own.text()
        return
    try:
        values = block["subnet_ids"].elements()
        for value in values:
            subnets = holdings.stack.resolve(value, "aws_subnet")
            yield from (holdings.world.text(subnet["vpc_id"]) for subnet in subnets)
            if not subnets:
                yield ""
    except Undecided:
        yield ""
