"""What the catalogue says of its policies, for people on a terminal."""

from __future__ import annotations

import json
import textwrap
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.errors import CannotJudgeError, GateError
from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.engine.settings import Settings, load_settings
from tapeproof.terminal import find_nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.policy import Policy

__all__ = ["explain_policy", "list_policies"]

_WIDTH = 100


def explain_policy(identifier: str) -> str:
    """Return everything about one policy: what it asks, why, how to meet it, and what it supports.

    Raises:
        CannotJudgeError: There is no such policy.
    """
    policies = {policy.id: policy for policy in catalog()}
    policy = policies.get(identifier.upper())
    if policy is None:
        near = find_nearest(identifier.upper(), policies)
        fix = f"did you mean {near}?" if near else f"there are {', '.join(policies)}"
        raise CannotJudgeError(f"there is no policy {identifier}", fix=fix)
    settings = Settings()
    with suppress(GateError):  # settings that cannot be read are for `gate check` to tell
        settings = load_settings(Path(), Documents())
    return "\n".join(_paragraphs(policy, settings)) + "\n"


def _paragraphs(policy: Policy, settings: Settings) -> Iterator[str]:
    yield f"{policy.id}  {policy.title}"
    yield f"severity {policy.severity}; decided at {', '.join(policy.decidable_at)}"
    yield ""
    yield _wrap_text(policy.rationale)
    yield ""
    yield _wrap_text(policy.remediation.text)
    yield ""
    yield textwrap.indent(policy.remediation.snippet, "    ")
    if policy.parameters:
        yield "\nParameters (set them in .tapeproof.yaml):"
        yield from (f"  {name} = {one.default!r}: {one.description}" for name, one in policy.parameters.items())
    yield from _own_parameters(policy, settings)
    if policy.controls:
        yield "\nControls:"
        yield from (f"  {control.framework} {control.id}" for control in policy.controls)
    if policy.supersedes:
        yield f"\nMakes superfluous: {', '.join(policy.supersedes)}"


def _own_parameters(policy: Policy, settings: Settings) -> Iterator[str]:
    """Yield what the project sets for a policy, everywhere and for some paths."""
    own = settings.parameters.get(policy.id, {})
    elsewhere = [one for one in settings.overrides if one.policy == policy.id]
    if own or elsewhere:
        yield f"\nSet in {settings.file}:"
    yield from (f"  {name} = {value!r}" for name, value in own.items())
    for one in elsewhere:
        named = ", ".join(f"{name} = {value!r}" for name, value in one.parameters.items())
        yield f"  {named} in {', '.join(one.paths)}: {one.reason}"


def _wrap_text(text: str) -> str:
    return "\n\n".join(textwrap.fill(part, _WIDTH) for part in text.split("\n\n"))


def list_policies(*, as_json: bool = False) -> str:
    """Return one line for each policy, or a JSON list."""
    policies = catalog()
    if as_json:
        rows = [
            {
                "id": policy.id,
                "title": policy.title,
                "severity": str(policy.severity),
                "decidable_at": list(policy.decidable_at),
                "controls": [{"framework": control.framework, "id": control.id} for control in policy.controls],
            }
            for policy in policies
        ]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    width = max(len(policy.id) for policy in policies)
    return "".join(f"{policy.id:<{width}}  {policy.severity!s:<8}  {policy.title}\n" for policy in policies)
