"""Where a secret belongs stands no placeholder."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tapeproof.gate.aws.environments import environment_types, settings_in
from tapeproof.gate.aws.exposure import of_setting
from tapeproof.gate.aws.written_secrets import written_secrets
from tapeproof.gate.engine.model import Finding, Undecided, Verdict
from tapeproof.gate.engine.rule import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.aws.exposure import Exposure
    from tapeproof.gate.engine.model import Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@whole
def judge(stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each text that only keeps the place for a secret."""
    for owner, exposure in written_secrets(stack):
        if exposure.placeholder:
            yield _build_finding(owner, exposure)
    for resource in stack.resources(*environment_types()):
        for exposure in _find_exposed(stack, resource):
            if exposure.placeholder:
                yield _build_finding(resource.address, exposure)
    yield Finding(Verdict.PASS, f"{len(stack.literals)} literals read")


def _find_exposed(stack: Stack, resource: Resource) -> Iterator[Exposure]:
    """Yield what settings expose; what is not known is no placeholder that somebody wrote here."""
    with suppress(Undecided):
        for setting in settings_in(stack, resource):
            with suppress(Undecided):
                yield from of_setting(stack, setting)


def _build_finding(owner: str, exposure: Exposure) -> Finding:
    return Finding(Verdict.FAIL, exposure.message, owner, exposure.span, exposure.fix, "a reference", "a placeholder")
