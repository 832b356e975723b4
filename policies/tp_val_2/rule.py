"""No secret stands in source, in an unmarked variable, or in a function's environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.literals import is_secret_name, secrets_in
from tapeproof.gate.engine.model import Finding, Known, Ref, Text, Verdict
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Literal, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters

_NEVER_SHOWN = "(hidden)"
_BLOCKS = {"resource", "ephemeral", "module", "provider", "locals"}


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about literals, variables and the environments of functions."""
    for literal in stack.literals:
        yield from _literal(literal)
    for variable in stack.variables:
        if is_secret_name(variable.name) and not variable.sensitive:
            address = f"{variable.module}.var.{variable.name}".lstrip(".")
            message = f"var.{variable.name} holds a secret, but is not sensitive: Terraform prints it"
            yield Finding(Verdict.FAIL, message, address, variable.block.span, "sensitive = true", "sensitive = true")
        default = variable.default
        if is_secret_name(variable.name) and isinstance(default, Known) and default.value not in (None, ""):
            message = f"var.{variable.name} holds a secret, and its default is in source"
            yield Finding(Verdict.FAIL, message, f"var.{variable.name}", default.span, "remove the default", "none")
    yield from _functions(stack, parameters)


def _literal(literal: Literal) -> Iterator[Finding]:
    for found in secrets_in(literal.text):
        place = literal.part(found.offset, len(found.text))
        fix = "take it from Secrets Manager or SSM at run time, and rotate it: it has been seen"
        yield Finding(Verdict.FAIL, f"{found.kind} in source", literal.owner, place, fix, "no secret", _NEVER_SHOWN)
    name = literal.attribute.rpartition(".")[2]
    if literal.block in _BLOCKS and is_secret_name(name) and literal.text.strip():
        message = f"{name} is written out in source"
        fix = "take it from Secrets Manager or SSM, or let AWS generate it"
        yield Finding(Verdict.FAIL, message, literal.owner, literal.span, fix, "no secret", _NEVER_SHOWN)


@each("aws_lambda_function")
def _functions(function: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    def of_environment(environment: Block) -> Iterator[Finding]:
        entries = environment["variables"].entries()
        yield from judge_all(entries.items(), lambda entry: of_variable(*entry))

    def of_variable(name: str, value: Value) -> Iterator[Finding]:
        fix = "pass the ARN of a secret, and read it at run time"
        if is_secret_name(name) or value.sensitive:
            message = f"{name} puts a secret into the function's environment, where anyone who may read it sees it"
            yield function.fails(value.span, message, fix=fix, expected="no secret", observed=_NEVER_SHOWN)
        elif not isinstance(value, (Ref, Text)):
            for found in secrets_in("" if value.is_unset else value.text()):
                yield function.fails(value.span, f"{name} holds {found.kind}", fix=fix, observed=_NEVER_SHOWN)

    yield from judge_all(function.blocks("environment"), of_environment)
