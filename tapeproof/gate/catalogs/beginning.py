"""What `tapeproof gate new` does: begin a policy that passes its own test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["begin_policy"]

_ID = re.compile(r"(?!TP_)[A-Z][A-Z0-9]*(_[A-Z]+)+_[0-9]+")
_YAML = """\
id: {id}
title: Queues keep messages for at least four days
severity: medium
rationale: >-
  Say why the rule exists: what goes wrong where it does not hold.
remediation:
  text: Say what to do about a finding.
  snippet: |
    resource "aws_sqs_queue" "orders" {{
      name                      = "orders"
      message_retention_seconds = 345600
    }}
{rule}controls: []
decidable_at: [source, plan]
"""
_PARAMETERS = """\
parameters:
  minimum_seconds:
    default: 345600
    description: Fewest seconds that a message is kept.
"""
_CHECKS = """\
checks:
  - resource: aws_sqs_queue
    attribute: message_retention_seconds
    at_least: 345600
    unset: pass # the provider's default is four days
    message: messages are gone before anybody looks at them
    fix: message_retention_seconds = 345600
"""
_RULE = '''\
"""Queues keep messages long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each("aws_sqs_queue")
def judge(queue: Resource, _stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when messages are kept for less than the minimum; a value that is not known is UNKNOWN."""
    least = parameters["minimum_seconds"]
    kept = queue["message_retention_seconds"]
    if not kept.is_unset and kept.number() < least:
        message = f"messages are kept for {kept.number()} seconds, which is less than {least}"
        yield queue.fails(kept, message, fix=f"message_retention_seconds = {least}", expected=f"at least {least}")
'''
_EXAMPLE = 'resource "aws_sqs_queue" "orders" {{\n  name = "orders"\n{line}}}\n'
_EXAMPLES = {
    "pass/long_enough.tf": _EXAMPLE.format(line="  message_retention_seconds = 345600\n"),
    "pass/not_set.tf": _EXAMPLE.format(line=""),
    "fail/too_short.tf": _EXAMPLE.format(line="  message_retention_seconds = 345599 # expect: fail\n"),
    "unknown/from_a_variable.tf": 'variable "days" {\n  type = number\n}\n\n'
    + _EXAMPLE.format(line="  message_retention_seconds = var.days * 86400 # expect: unknown\n"),
}


def begin_policy(identifier: str, catalogue: Path, *, as_data: bool) -> Path:
    """Write the folder of a new policy, with a rule and examples to be changed, and return it.

    Args:
        identifier: Its id, ``ACME_SQS_1``.
        catalogue: The folder of policies that it joins.
        as_data: Whether its rule is checks in ``policy.yaml`` instead of Python.

    Raises:
        CatalogError: The id is not of the form, or the folder is there already.
        OSError: A file cannot be written.
    """
    if not _ID.fullmatch(identifier):
        raise CatalogError(f"expected an id such as ACME_SQS_1, got {identifier!r}; TP_ is for the gate's own policies")
    folder = catalogue / identifier.lower()
    if folder.exists():
        raise CatalogError(f"{folder}: is there already; choose the next number")
    files = {"policy.yaml": _YAML.format(id=identifier, rule=_CHECKS if as_data else _PARAMETERS)}
    if not as_data:
        files["rule.py"] = _RULE
    files |= {f"examples/{name}": text for name, text in _EXAMPLES.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
