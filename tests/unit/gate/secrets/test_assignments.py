"""Secrets that a script or a settings file gives a name."""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.secrets.assignments import find_assigned
from tests.effort import seconds_here


def cut(text: str, found: object) -> list[str]:
    return [text[one.offset : one.offset + one.length] for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("export DB_PASSWORD=Tr0ub4dor-and-3", ["Tr0ub4dor-and-3"]),
        ("DB_PASSWORD='a b c d'", ["a b c d"]),
        ('{"username": "bob", "password": "x1y2"}', ["x1y2"]),
        ('{\\"password\\":\\"hunter2\\"}', ["hunter2"]),
        ("mysql --password hunter22 -u x", ["hunter22"]),
        ("mysql --password=hunter22", ["hunter22"]),
        ("db_password: Hunter22", ["Hunter22"]),
        ("A_TOKEN=one1 B_SECRET=two2", ["one1", "two2"]),
        ("https://a.example/hook?api_key=hunter22&x=1", ["hunter22"]),
        ("url=https://a.example/hook?site=eu&apiKey=hunter22", ["hunter22"]),
        ("--set=auth.password=hunter22", ["hunter22"]),
        ('{"password": {"S": "hunter22"}, "id": {"S": "a"}}', ["hunter22"]),
    ],
)
def test_a_script_or_a_settings_file_gives_secrets_a_name(text: str, values: list[str]) -> None:
    assert cut(text, find_assigned(text)) == values


@pytest.mark.parametrize(
    "text",
    [
        *("TOKEN=$(curl x)", "PASSWORD=$1", "password = get_password()", 'password = os.environ["X"]'),
        *("password: string", "secret: my-secret", "--secret-id feed/db", "password=${var.x}", "password = var.x"),
        *('"Action": "secretsmanager:GetSecretValue"', "PASSWORD=CHANGE_ME", "token_ttl=3600", "password: !Ref X"),
        *("https://id.example/token?grant_type=password", "scope=token,secret"),
        *(":password::", "arn:aws:secretsmanager:us-east-1:1:secret:f:password:X:", "f:SecretString:api_key::"),
    ],
)
def test_what_refers_to_a_secret_is_none(text: str) -> None:
    assert list(find_assigned(text)) == []


def test_the_message_names_the_name_and_never_the_value() -> None:
    (found,) = find_assigned("export DB_PASSWORD=Tr0ub4dor-and-3")
    assert found.kind == "the value of DB_PASSWORD"


@pytest.mark.parametrize(
    "text",
    ["a_token=" * 20_000, 'password="' + '\\"' * 10_000, "-" * 20_000, "password" + " " * 20_000, "a" * 20_000],
)
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    assert len(list(find_assigned(text))) <= len(text)
    assert time.process_time() - begun < seconds_here(5)
