"""Lines of source with their secrets covered."""

from __future__ import annotations

import pytest

from tapeproof.gate.secrets.masking import mask_secrets


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('  password = "hunter2zz"', '  password = "*********"'),
        ("  password = var.db_password", "  password = var.db_password"),
        ('  url = "postgres://feed:Tr0ub4dor@db"', '  url = "postgres******************db"'),
        ('  name = "queue-trade"', '  name = "queue-trade"'),
    ],
)
def test_a_line_keeps_its_length_when_its_secrets_are_covered(line: str, shown: str) -> None:
    assert mask_secrets(line) == shown
    assert len(mask_secrets(line)) == len(line)
