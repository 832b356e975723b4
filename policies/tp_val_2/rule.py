"""No secret stands in source, in an unmarked variable, or where others may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.environments import environment_types, settings_in
from tapeproof.gate.aws.exposure import of_output, of_setting
from tapeproof.gate.aws.written_secrets import written_secrets
from tapeproof.gate.engine.model import Finding, Known, Verdict
from tapeproof.gate.engine.rule import each, judge_all
from tapeproof.gate.secrets.names import is_secret_name, tells_where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.aws.environments import Setting
    from tapeproof.gate.aws.exposure import Exposure
    from tapeproof.gate.engine.model import Resource, Stack, Variable
    from tapeproof.gate.engine.rule import Parameters


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about literals, variables, hidden attributes, and environments and scripts."""
    for owner, exposure in written_secrets(stack):
        if not exposure.placeholder:
            yield _build_finding(owner, exposure)
    for variable in stack.variables:
        if is_secret_name(variable.name) and not _is_hidden(variable):
            address = f"{variable.module}.var.{variable.name}".lstrip(".")
            message = f"var.{variable.name} holds a secret, but is not sensitive: Terraform prints it"
            yield Finding(Verdict.FAIL, message, address, variable.block.span, "sensitive = true", "sensitive = true")
    for output in stack.outputs:
        yield from (_build_finding(f"output.{output.name}", exposure) for exposure in of_output(stack, output))
    yield from _environments(stack, parameters)


@each(*environment_types())
def _environments(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    def of_one(setting: Setting) -> Iterator[Finding]:
        for exposure in of_setting(stack, setting):
            if not exposure.placeholder:
                yield _build_finding(resource.address, exposure)

    yield from judge_all(settings_in(stack, resource), of_one)


def _is_hidden(variable: Variable) -> bool:
    """Return whether Terraform prints nothing of a variable, or it only says where a secret lies."""
    ephemeral, default = variable.block["ephemeral"], variable.default
    hidden = variable.sensitive or (ephemeral.known and not ephemeral.is_unset and ephemeral.boolean())
    told = default.value if isinstance(default, Known) else None
    where = isinstance(told, str) and bool(told) and tells_where(told)
    return hidden or where or variable.type in {"bool", "number"}


def _build_finding(owner: str, exposure: Exposure) -> Finding:
    verdict = Verdict.UNKNOWN if exposure.unsure else Verdict.FAIL
    return Finding(verdict, exposure.message, owner, exposure.span, exposure.fix, "no secret", "(hidden)", hides=True)
