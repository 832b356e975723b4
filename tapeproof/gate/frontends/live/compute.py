"""Functions, their aliases, permissions, sources, failure destinations, and the endpoints of their VPCs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["functions"]

_ENDPOINT = ("aws_vpc_endpoint", "vpc_id", "service_name", "policy")
_ENDS = {"on_failure": "OnFailure", "on_success": "OnSuccess"}
_CONFIG = ("aws_lambda_function_event_invoke_config", "function_name", "qualifier", "destination_config")


def functions(account: Account) -> Iterator[Resource]:
    """Yield the functions and what belongs to them."""
    networks: set[str] = set()
    for found in account.pages("lambda", "list_functions", "Functions"):
        name = found["FunctionName"]
        if account.covers(name):
            networks.update([found["VpcConfig"]["VpcId"]] if found.get("VpcConfig", {}).get("VpcId") else [])
            yield _function(account, found)
            yield from _aliases(account, name)
            yield from _permissions(account, name, "")
            yield from _invoke_configs(account, name)
    yield from _endpoints(account, networks)
    for found in account.pages("lambda", "list_event_source_mappings", "EventSourceMappings"):
        if account.covers(found.get("FunctionArn", "").split(":function:")[-1].split(":")[0]):
            yield _build_mapping(account, found)


def _function(account: Account, found: dict[str, Any]) -> Resource:
    dead_letters = found.get("DeadLetterConfig", {}).get("TargetArn")
    environment = found.get("Environment", {})
    reserved = account.ask("lambda", "get_function_concurrency", FunctionName=found["FunctionName"])
    return account.resource(
        "aws_lambda_function",
        found["FunctionName"],
        found["FunctionArn"],
        arn=found["FunctionArn"],
        function_name=found["FunctionName"],
        role=found.get("Role"),
        runtime=found.get("Runtime"),
        package_type=found.get("PackageType"),
        timeout=found.get("Timeout"),
        memory_size=found.get("MemorySize"),
        reserved_concurrent_executions=account.part(reserved, "ReservedConcurrentExecutions"),
        dead_letter_config=[{"target_arn": dead_letters}] if dead_letters else None,
        logging_config=[{"log_group": found["LoggingConfig"].get("LogGroup")}] if "LoggingConfig" in found else None,
        vpc_config=_vpc_config(found.get("VpcConfig", {})),
        environment=[{"variables": environment.get("Variables", {})}] if environment else None,
    )


def _vpc_config(found: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    subnets = found.get("SubnetIds")
    return [{"subnet_ids": subnets, "vpc_id": found.get("VpcId")}] if subnets else None


def _endpoints(account: Account, networks: Iterable[str]) -> Iterator[Resource]:
    """Yield the VPC endpoints with their policies, of the VPCs that functions are in."""
    for network in sorted(networks):
        only = [{"Name": "vpc-id", "Values": [network]}]
        for found in account.pages("ec2", "describe_vpc_endpoints", "VpcEndpoints", gap=_ENDPOINT, Filters=only):
            yield account.resource(
                "aws_vpc_endpoint",
                found["VpcEndpointId"],
                found["VpcEndpointId"],
                id=found["VpcEndpointId"],
                vpc_id=network,
                service_name=found.get("ServiceName"),
                vpc_endpoint_type=found.get("VpcEndpointType"),
                private_dns_enabled=found.get("PrivateDnsEnabled"),
                policy=found.get("PolicyDocument"),
            )


def _aliases(account: Account, name: str) -> Iterator[Resource]:
    for found in account.pages("lambda", "list_aliases", "Aliases", FunctionName=name):
        yield account.resource(
            "aws_lambda_alias",
            found["Name"],
            found["AliasArn"],
            arn=found["AliasArn"],
            name=found["Name"],
            function_name=name,
        )
        yield from _permissions(account, name, found["Name"])


def _permissions(account: Account, name: str, qualifier: str) -> Iterator[Resource]:
    selected = {"Qualifier": qualifier} if qualifier else {}
    answer = account.ask("lambda", "get_policy", FunctionName=name, **selected)
    if isinstance(answer, Unknown):
        account.unread.append(answer)
        return
    for statement in json.loads(answer.get("Policy", "{}")).get("Statement", []):
        conditions = {
            key.lower(): value for keys in statement.get("Condition", {}).values() for key, value in keys.items()
        }
        principal = statement.get("Principal")
        named = next(iter(principal.values())) if isinstance(principal, dict) else principal
        identifier = statement.get("Sid", "")
        yield account.resource(
            "aws_lambda_permission",
            identifier,
            f"{name}{':' if qualifier else ''}{qualifier}/{identifier}",
            function_name=name,
            qualifier=qualifier or None,
            principal=named,
            action=statement.get("Action"),
            source_arn=conditions.get("aws:sourcearn"),
            source_account=conditions.get("aws:sourceaccount"),
            principal_org_id=conditions.get("aws:principalorgid"),
        )


def _invoke_configs(account: Account, name: str) -> Iterator[Resource]:
    key = "FunctionEventInvokeConfigs"
    listing = "list_function_event_invoke_configs"
    for found in account.pages("lambda", listing, key, gap=_CONFIG, of_listed=True, FunctionName=name):
        ends = {ours: found.get("DestinationConfig", {}).get(theirs, {}) for ours, theirs in _ENDS.items()}
        told = {ours: [{"destination": end["Destination"]}] for ours, end in ends.items() if end.get("Destination")}
        yield account.resource(
            "aws_lambda_function_event_invoke_config",
            name,
            f"{found['FunctionArn']}/event-invoke-config",
            function_name=name,
            qualifier=found["FunctionArn"].split(":function:")[-1].partition(":")[2] or None,
            destination_config=[told] if told else None,
        )


def _build_mapping(account: Account, found: dict[str, Any]) -> Resource:
    destination = found.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    filters = [{"pattern": one.get("Pattern")} for one in found.get("FilterCriteria", {}).get("Filters", [])]
    return account.resource(
        "aws_lambda_event_source_mapping",
        found["UUID"],
        found.get("EventSourceMappingArn") or found["UUID"],
        event_source_arn=found.get("EventSourceArn"),
        function_name=found.get("FunctionArn"),
        enabled=found.get("State") not in {"Disabled", "Disabling"},
        self_managed_event_source=[{"endpoints": {}}] if "SelfManagedEventSource" in found else None,
        destination_config=[{"on_failure": [{"destination_arn": destination}]}] if destination else None,
        filter_criteria=[{"filter": filters}] if filters else None,
    )
