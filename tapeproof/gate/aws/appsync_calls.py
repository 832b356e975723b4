"""Invocations of functions by AWS AppSync, whose data source names the function and whose resolvers say how.

Sources: AWS AppSync GraphQL Developer Guide, "Resolver function reference for Lambda"; AWS AppSync Events Developer
Guide, "Function reference for Lambda": ``Event`` is asynchronous, whatever else waits for the answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.aws.written_calls import Invocation, tells_in_text
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["of_data_source"]

_SOURCE = "aws_appsync_datasource"
_LATER = re.compile(r"invocationType[\"']?\s*:\s*[\"'`]Event\b")
_RESOLVERS = ("aws_appsync_resolver", "aws_appsync_function")
_TOLD = ("code", "request_template", "request_mapping_template")
_CHANNELS = "aws_appsync_channel_namespace"
_HANDLERS = ("handler_configs.on_publish.integration", "handler_configs.on_subscribe.integration")


def of_data_source(stack: Stack, source: Resource) -> Iterator[Invocation]:
    """Yield the function of a data source, which is not waited for where anything that uses the source says so.

    Raises:
        Undecided: It is not known what a resolver says, or of which source.
    """
    for function in value_at(source, "lambda_config.function_arn"):
        if not function.is_unset:
            yield Invocation(function, not _is_told_later(stack, source))


def _is_told_later(stack: Stack, source: Resource) -> bool:
    for resolver in stack.resources(*_RESOLVERS):
        if _is_of(stack, resolver["data_source"], source) and any(_tells(resolver[name]) for name in _TOLD):
            return True
    return any(_is_told_by_channel(stack, one, source) for one in stack.resources(_CHANNELS))


def _is_told_by_channel(stack: Stack, channel: Resource, source: Resource) -> bool:
    for path in _HANDLERS:
        if any(_is_of(stack, named, source) for named in value_at(channel, f"{path}.data_source_name")):
            kinds = value_at(channel, f"{path}.lambda_config.invoke_type")
            if _tells(channel["code_handlers"]) or any(not one.is_unset and one.text() == "EVENT" for one in kinds):
                return True
    return False


def _is_of(stack: Stack, named: Value, source: Resource) -> bool:
    return not named.is_unset and source in stack.resolve(named, _SOURCE)


def _tells(code: Value) -> bool:
    if code.known and code.is_unset:
        return False
    if tells_in_text(code, _LATER):
        return True
    for piece in code.pieces_of_text():
        if not isinstance(piece.content, str) and not piece.content.is_reference:
            raise Undecided(code)
    return False
