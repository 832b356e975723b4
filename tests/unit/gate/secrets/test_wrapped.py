"""Base64 hides nothing."""

from __future__ import annotations

import base64
import time

import pytest

from tapeproof.gate.secrets.wrapped import find_wrapped, unwrap
from tests.effort import seconds_here


def wrapped(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def lines(text: str, sign: str) -> str:
    word = wrapped(text)
    return sign.join(word[start : start + 76] for start in range(0, len(word), 76))


LONG = "words that fill a first line of Base64, so that what comes next is cut: db_pass" + "word=hunter2-hunter2\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (wrapped("-----BEGIN RSA PRIVATE KEY-----\nMIIE"), "a private key in Base64"),
        (wrapped("mode=fast\ndb_password=hunter2-hunter2\n"), "the value of db_password in Base64"),
        (wrapped(wrapped("db_password=hunter2-hunter2")), "the value of db_password in Base64"),
        (lines(LONG, "\n    "), "the value of db_password in Base64"),
        (lines(LONG, "\\n"), "the value of db_password in Base64"),
        (lines(wrapped(LONG), "\r\n"), "the value of db_password in Base64"),
        (f"{wrapped('words ' * 5)}\n{wrapped('db_password=hunter2-hunter2')}=", "the value of db_password in Base64"),
        (f"echo {wrapped('export KEY=AKIA' + 'Q3EGVEKWZN7XMPLT')} | base64 -d", "an AWS access key in Base64"),
        (f"Authorization: Basic {wrapped('feed:hunter2')}", "a user's password in Base64"),
        (f'{{"auths":{{"a.example":{{"auth":"{wrapped("feed:hunter2")}"}}}}}}', "a user's password in Base64"),
    ],
)
def test_a_secret_in_base64_is_found_and_never_told(text: str, kind: str) -> None:
    (found, *_) = find_wrapped(text)
    assert found.kind == kind
    assert "hunter2" not in found.kind
    assert text[found.offset : found.offset + found.length].strip()


@pytest.mark.parametrize(
    "text",
    [
        *("", "plain", wrapped("host=db.internal\nport=5432\nlog_level=debug\n"), "Basic education-and-more"),
        *(wrapped(wrapped("welcome to our house, reader")), lines("words and words, " * 12, "\n")),
        *(wrapped("-----BEGIN CERTIFICATE-----\nMIIE"), "Authorization: Basic $LOGIN", "A" * 24, "Basic aHR0cA=="),
    ],
)
def test_harmless_text_in_base64_is_none(text: str) -> None:
    assert list(find_wrapped(text)) == []


@pytest.mark.parametrize(
    "word", ["////////////////////////", "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0A", "A", wrapped("\0\1\2" * 8)]
)
def test_what_nobody_could_read_is_no_text(word: str) -> None:
    assert unwrap(word) == ""


@pytest.mark.parametrize("text", ["A" * 100_001, "Basic " * 20_000, "QUFB" * 30_000])
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    assert len(list(find_wrapped(text))) <= 1
    assert time.process_time() - begun < seconds_here(5)
