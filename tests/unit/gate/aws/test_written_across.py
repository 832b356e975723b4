"""Secrets whose name stands on one line and the value on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.written_across import secrets_across_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Literal, Stack

KEY = "GKw-c0PwFokMUQ6T-TUmEWnZ4_VlQ2Qpgw-vCTT0-OQ"


def literals_of(stack_of: Callable[[str], Stack], *texts: str) -> tuple[Literal, ...]:
    """Return the literals of an object for each text, which is a heredoc that begins on the second line."""
    blocks = [
        f'resource "aws_s3_object" "o{number}" {{ content = <<EOT\n{text}EOT\n}}\n' for number, text in enumerate(texts)
    ]
    return stack_of("".join(blocks)).literals


@pytest.mark.parametrize(
    ("text", "line", "secret"),
    [
        ("env:\n  - name: DB_PASSWORD\n    value: Tr4de-W1nd\n", 4, "Tr4de-W1nd"),
        ('env:\n  - name: "DB_PASSWORD"\n    value: "Tr4de-W1nd"\n', 4, "Tr4de-W1nd"),
        (f"keys:\n  - kty: EC\n    x: {KEY}\n    d: {KEY}\n", 5, f"d: {KEY}"),
        ("mysql -h ${aws_db_instance.d.address} -u root -pTr4de-W1nd prices\n", 2, "Tr4de-W1nd"),
        (f"keys:\n  - kty: oct\n    k: {KEY}\n    alg: HS256\n", 4, f"k: {KEY}"),
    ],
)
def test_a_secret_is_found_on_the_line_of_its_value(
    stack_of: Callable[[str], Stack], text: str, line: int, secret: str
) -> None:
    ((literal, (_, _, place)),) = secrets_across_lines(literals_of(stack_of, text))
    assert place.line == line
    begins = literal.span.column
    assert literal.text[place.column - begins : place.end_column - begins] == secret


@pytest.mark.parametrize(
    "text",
    [
        f"keys:\n  - kty: EC\n    x: {KEY}\n    y: {KEY}\n    kid: one\n",
        f"a:\n  d: {KEY}\n",
        "env:\n  - name: DB_PASSWORD\n    valueFrom: db\n",
        "mysql -h ${aws_db_instance.d.address} -u root -p${var.password} prices\n",
        "curl -u feed:${var.password} https://${var.host}/prices\n",
        "env:\n  - name: LOG_LEVEL\n    value: debug\n",
    ],
)
def test_public_keys_and_references_are_none(stack_of: Callable[[str], Stack], text: str) -> None:
    assert not list(secrets_across_lines(literals_of(stack_of, text)))


def test_lines_of_different_resources_are_not_read_together(stack_of: Callable[[str], Stack]) -> None:
    apart = literals_of(stack_of, "- name: DB_PASSWORD\n", "  value: Tr4de-W1nd\n")
    assert not list(secrets_across_lines(apart))
