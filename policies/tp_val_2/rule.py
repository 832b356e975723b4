"""No secret stands in source, in an unmarked variable, or where others may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.environments import environment_types, settings_in
from tapeproof.gate.aws.exposure import of_setting
from tapeproof.gate.aws.written_secrets import written_secrets
from tapeproof.gate.engine.model import Finding, Verdict
from tapeproof.gate.engine.rule import each, judge_all
from tapeproof.gate.secrets.names import is_secret_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.aws.environments import Setting
    from tapeproof.gate.aws.exposure import Exposure
    from tapeproof.gate.engine.model import Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about literals, variables, hidden attributes, and environments and scripts."""
    for owner, exposure in written_secrets(stack):
        if not exposure.placeholder:
            yield _build_finding(owner, exposure)
    for variable in stack.variables:
        if is_secret_name(variable.name) and not variable.sensitive and variable.type not in {"bool", "number"}:
            address = f"{variable.module}.var.{variable.name}".lstrip(".")
            message = f"var.{variable.name} holds a secret, but is not sensitive: Terraform prints it"
            yield Finding(Verdict.FAIL, message, address, variable.block.span, "sensitive = true", "sensitive = true")
    yield from _environments(stack, parameters)


@each(*environment_types())
def _environments(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    def of_one(setting: Setting) -> Iterator[Finding]:
        for exposure in of_setting(stack, setting):
            if not exposure.placeholder:
                yield _build_finding(resource.address, exposure)

    yield from judge_all(settings_in(stack, resource), of_one)


def _build_finding(owner: str, exposure: Exposure) -> Finding:
    verdict = Verdict.UNKNOWN if exposure.unsure else Verdict.FAIL
    return Finding(verdict, exposure.message, owner, exposure.span, exposure.fix, "no secret", "(hidden)", hides=True)
