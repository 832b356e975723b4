"""Secrets that a script or a settings file gives a name."""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.secrets import assignments, beside
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


SEARCHED = [
    "export DB_PASSWORD=hunter22",
    "WiFi_PSK: Hunter22x",
    "<Token>hunter22</Token>",
    "--apiKey hunter22",
    "Secret => 'a1b2c3'",
]
NOT_SEARCHED = [
    '{"Action":["logs:PutLogEvents"],"Effect":"Allow"}',
    "name: value\n--region eu-central-1",
    "<a>text of it</a>",
]


@pytest.mark.parametrize("text", [*SEARCHED, *NOT_SEARCHED, "\n".join((*SEARCHED, *NOT_SEARCHED))])
def test_what_is_found_is_the_same_when_no_text_is_passed_over(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    found = list(find_assigned(text))
    assert bool(found) is (text not in NOT_SEARCHED)
    for module in (assignments, beside):
        monkeypatch.setattr(module, "may_name_secret", lambda _: True)
    assert list(find_assigned(text)) == found


class _Counting:
    """A pattern that is asked for nothing; it counts how often."""

    def __init__(self) -> None:
        self.asked = 0

    def search(self, *_: object) -> None:
        self.asked += 1

    def finditer(self, _: str) -> tuple[()]:
        self.asked += 1
        return ()


@pytest.mark.parametrize("text", [*SEARCHED, *NOT_SEARCHED])
def test_a_text_without_a_word_for_secrets_is_not_searched_for_names(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    pattern = _Counting()
    monkeypatch.setattr(assignments, "_NAMED", pattern)
    monkeypatch.setattr(assignments, "_OPTION", pattern)
    monkeypatch.setattr(beside, "_FORMS", (("", pattern),))
    assert not list(find_assigned(text))
    assert bool(pattern.asked) is (text in SEARCHED)


@pytest.mark.parametrize("length", [2, 80, 81, 82, 200])
def test_the_name_of_a_value_has_at_most_eighty_one_letters(length: int) -> None:
    named = "x" * (length - len("_token")) + "_token" if length > len("_token") else "ab"
    (match,) = assignments._NAMED.finditer(f"{named} : value")
    assert match["name"] == named[-81:]
