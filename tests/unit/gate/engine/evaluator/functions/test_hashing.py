"""Functions that hash and encode agree with published vectors and with Terraform's console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('md5("")', "d41d8cd98f00b204e9800998ecf8427e"),  # RFC 1321, A.5
        ('sha1("abc")', "a9993e364706816aba3e25717850c26c9cd0d89d"),  # FIPS 180-2, A.1
        ('sha256("abc")', "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),  # FIPS 180-2, B.1
        ('substr(sha512("abc"), 0, 16)', "ddaf35a193617aba"),  # FIPS 180-2, C.1
        ('base64sha256("abc")', "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
        ('sha256("é") == sha256("\\u00e9")', True),
        ('base64encode("fooba")', "Zm9vYmE="),  # RFC 4648, 10
        ('base64decode("Zm9vYmE=")', "fooba"),
        (r'base64decode("YQ\r\n==")', "a"),
        ('base64decode("")', ""),
        ('base64decode("YQ")', Fault),
        ('base64decode(" YQ==")', Fault),
        ('base64decode("/w==")', Fault),
        ('urlencode("a b/ü~*\'")', "a+b%2F%C3%BC~%2A%27"),
        ('textencodebase64("a", "UTF-16")', "/v8AYQ=="),
        ('textencodebase64("é", "ISO-8859-1")', "6Q=="),
        ('textencodebase64("é", "US-ASCII")', Fault),
        ('textencodebase64("a", "klingon")', Fault),
        ('textdecodebase64("6Q==", "ISO-8859-1")', "é"),
        ('textdecodebase64("/w==", "UTF-8")', Fault),
        ('uuidv5("dns", "www.example.com")', "2ed6657d-e927-568b-95e1-2665a8aea6a2"),  # RFC 9562, A.4
        ('uuidv5("nope", "a")', Fault),
    ],
)
def test_texts_are_hashed_and_encoded_as_the_standards_say(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


@pytest.mark.parametrize("call", ["uuid()", "timestamp()", "plantimestamp()", 'bcrypt("a")', 'base64gzip("a")'])
def test_what_differs_from_run_to_run_is_unknown_and_says_why(call: str, evaluate: Callable[[str], Value]) -> None:
    value = evaluate(call)
    assert not value.known
    assert call.partition("(")[0] in value.why


def test_the_hash_of_a_secret_is_secret(evaluate: Callable[[str], Value]) -> None:
    assert evaluate("sha256(var.secret)").sensitive
