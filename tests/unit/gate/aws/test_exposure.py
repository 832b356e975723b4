"""Secrets in settings and texts; messages never hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.environments import settings_in
from tapeproof.gate.aws.exposure import of_output, of_setting, of_text
from tapeproof.gate.engine.model import Piece, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.aws.exposure import Exposure
    from tapeproof.gate.engine.model import Stack

BEFORE = """
variable "db_password" {}
variable "mode" {}
variable "key" {
  sensitive = true
}
resource "aws_secretsmanager_secret" "s" {}
resource "aws_iam_access_key" "k" {}
resource "aws_db_instance" "d" {}
"""
KEY = "AKIA" + "Q3EGVEKWZN7XMPLT"


@pytest.fixture
def exposures(stack_of: Callable[[str], Stack]) -> Callable[[str, str], list[Exposure]]:
    """Return a function that tells what one setting of a function exposes."""

    def make(name: str, value: str) -> list[Exposure]:
        settings = f"environment {{\n    variables = {{ {name} = {value} }}\n  }}"
        stack = stack_of(f'{BEFORE}\nresource "aws_lambda_function" "f" {{\n  {settings}\n}}\n')
        (function,) = stack.resources("aws_lambda_function")
        return [one for setting in settings_in(stack, function) for one in of_setting(stack, setting)]

    return make


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DB_PASSWORD", '"hunter2"', "anyone who may read the resource sees the secret in DB_PASSWORD"),
        ("DB_PASSWORD", "var.db_password", "anyone who may read the resource sees the secret in DB_PASSWORD"),
        ("MODE", f'"x-{KEY}"', "MODE holds an AWS access key"),
        ("MODE", '"TUI9ZmFzdApEQl9QQVNTV09SRD1UcjB1YjRkb3ItYW5kLTMK"', "MODE holds the value of DB_PASSWORD in Base64"),
        (
            "APP_KEY",
            '"0123456789abcdef0123456789abcdef01234567"',
            "anyone who may read the resource sees the secret in APP_KEY",
        ),
        ("MODE", '"DB_PASSWORD=Tr0ub4dor-and-3"', "MODE holds the value of DB_PASSWORD"),
        ("MODE", "var.key", "MODE holds var.key, which anyone"),
        ("MODE", "aws_iam_access_key.k.secret", "MODE holds aws_iam_access_key.k.secret, which anyone"),
        ("MODE", '"a-${aws_iam_access_key.k.secret}"', "MODE holds aws_iam_access_key.k.secret, which anyone"),
        ("DB_PASSWORD", "aws_db_instance.d.password", "DB_PASSWORD holds aws_db_instance.d.password"),
    ],
)
def test_a_secret_is_named_and_never_told(
    exposures: Callable[[str, str], list[Exposure]], name: str, value: str, told: str
) -> None:
    (found,) = exposures(name, value)
    assert found.message.startswith(told)
    assert not found.placeholder
    assert not [secret for secret in ("hunter2", "Tr0ub4dor", KEY) if secret in found.message + found.fix]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", '""'),
        ("DB_PASSWORD", "null"),
        ("DB_PASSWORD", '"/feed/db"'),
        ("DB_PASSWORD", "aws_secretsmanager_secret.s.arn"),
        ("DB_PASSWORD", '"${aws_secretsmanager_secret.s.name}"'),
        ("MODE", '"production"'),
        ("CODE_SHA256", '"q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae"'),
        ("APP_KEY", '"frontend"'),
        ("CA", '"-----BEGIN CERTIFICATE-----\\nq9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae\\n-----END CERTIFICATE-----"'),
        ("MODE", "aws_db_instance.d.endpoint"),
        ("MODE", "var.mode"),
    ],
)
def test_what_tells_where_a_secret_lies_exposes_none(
    exposures: Callable[[str, str], list[Exposure]], name: str, value: str
) -> None:
    assert exposures(name, value) == []


def test_a_placeholder_is_told_apart(exposures: Callable[[str, str], list[Exposure]]) -> None:
    (found,) = exposures("DB_PASSWORD", '"CHANGE_ME"')
    assert found.placeholder


def test_a_variable_of_another_name_may_be_the_secret_or_its_place(
    exposures: Callable[[str, str], list[Exposure]],
) -> None:
    with pytest.raises(Undecided, match="may be the secret or only where it lies"):
        exposures("DB_PASSWORD", "var.mode")


def test_each_place_of_a_text_is_told_once() -> None:
    text = f"TOKEN={KEY} and {KEY}"
    found = list(of_text(Piece(text)))
    assert [one.message for one in found] == ["an AWS access key", "an AWS access key"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("value = nonsensitive(aws_iam_access_key.k.secret)", "output.o prints aws_iam_access_key.k.secret"),
        ("value = aws_iam_access_key.k.secret\n  sensitive = true", ""),
        ("value = aws_iam_access_key.k.id", ""),
        ('value = "hello"', ""),
    ],
)
def test_an_output_that_prints_a_secret_is_told(stack_of: Callable[[str], Stack], body: str, told: str) -> None:
    stack = stack_of(f'{BEFORE}\noutput "o" {{\n  {body}\n}}\n')
    assert [one.message for output in stack.outputs for one in of_output(stack, output)] == [told] * bool(told)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("text", "guessed", "told"),
    [
        pytest.param("run with Zk3vQ9xT7bLm2WcR8yHn4PdS6gJf1AuE0tXo", 1, 0, id="random"),
        pytest.param("run with AKIA" + "Q3EGTRW5LMZPKXJD", 1, 1, id="a form"),
        pytest.param("run with care", 0, 0, id="nothing"),
    ],
)
def test_what_only_looks_random_is_told_where_one_may_guess(text: str, guessed: int, told: int, *, first: bool) -> None:
    for guessing in (first, not first, first):
        assert len(list(of_text(Piece(text), guessing=guessing))) == (guessed if guessing else told)
