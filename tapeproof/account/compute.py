"""Lambda functions. The values of their environment variables are never kept, only the names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tapeproof.account.observation import Observation, parse_document, region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.account.asking import Asker

__all__ = ["functions", "mappings_of"]

WITHHELD: Final = "[REDACTED: value of an environment variable]"


def functions(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each function with who may invoke it, what polls for it, and where its failures go."""
    names = [one["FunctionName"] for one in asker.pages("lambda", "list_functions", "Functions")]
    mappings = list(asker.pages("lambda", "list_event_source_mappings", "EventSourceMappings"))
    for name in names:
        if asker.is_chosen("aws_lambda_function", name, suffix):
            yield Observation("aws_lambda_function", name, _function(asker, name, mappings))


def mappings_of(mappings: list[dict[str, Any]], function_arn: str) -> list[dict[str, Any]]:
    """Return the event source mappings of a function, of its aliases and versions too."""
    own = (function_arn, f"{function_arn}:")
    return [
        one for one in mappings if one.get("FunctionArn") == own[0] or one.get("FunctionArn", "").startswith(own[1])
    ]


def _function(asker: Asker, name: str, mappings: list[dict[str, Any]]) -> dict[str, Any]:
    configuration = asker.ask("lambda", "get_function_configuration", FunctionName=name)
    variables = configuration.get("Environment", {}).get("Variables")
    if variables:
        configuration["Environment"]["Variables"] = dict.fromkeys(sorted(variables), WITHHELD)
    group = configuration.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{name}"
    groups = asker.pages("logs", "describe_log_groups", "logGroups", logGroupNamePrefix=group)
    return {
        "Name": name,
        "Region": region_of(configuration.get("FunctionArn", "")),
        "Configuration": configuration,
        "Asynchronous": list(
            asker.pages("lambda", "list_function_event_invoke_configs", "FunctionEventInvokeConfigs", FunctionName=name)
        ),
        "Mappings": mappings_of(mappings, configuration.get("FunctionArn", "")),
        "Policy": _policies(asker, name),
        "LogGroup": next((one for one in groups if one["logGroupName"] == group), None),
    }


def _policies(asker: Asker, name: str) -> dict[str, Any] | None:
    """Return the statements of the function's own policy and of its aliases' policies."""
    aliases = [one["Name"] for one in asker.pages("lambda", "list_aliases", "Aliases", FunctionName=name)]
    statements: list[Any] = []
    for qualifier in ("", *aliases):
        chosen = {"Qualifier": qualifier} if qualifier else {}
        absent = ("ResourceNotFoundException",)
        answer = asker.ask_if_any("lambda", "get_policy", absent, FunctionName=name, **chosen)
        document = parse_document((answer or {}).get("Policy"))
        statements += document.get("Statement", []) if isinstance(document, dict) else []
    return {"Statement": statements} if statements else None
