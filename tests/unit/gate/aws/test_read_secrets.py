"""Secrets in files that an expression reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.read_secrets import secrets_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

PASSWORD = "Tr4de-W1nd"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"kind: Secret\\nstringData:\\n  password: {PASSWORD}\\n", 1),
        (f"env:\\n  - name: DB_PASSWORD\\n    value: {PASSWORD}\\n", 1),
        ("-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n", 1),
        ("kind: Secret\\nstringData:\\n  password: $${DB_PASSWORD}\\n", 0),
        ("digest: GKw-c0PwFokMUQ6T-TUmEWnZ4_VlQ2Qpgw\\n", 0),
        (f"password: {PASSWORD}", 0),
    ],
)
def test_a_text_of_several_lines_is_read_for_forms_and_names(
    stack_of: Callable[[str], Stack], text: str, count: int
) -> None:
    (resource,) = stack_of(f'resource "kubectl_manifest" "m" {{ yaml_body = "{text}" }}').resources()
    found = list(secrets_read(resource))
    assert len(found) == count
    assert all("stands in the text of yaml_body" in one.message and PASSWORD not in one.message for one in found)
