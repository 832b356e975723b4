"""Functions that only OpenTofu has."""

from __future__ import annotations

import base64
import gzip
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions import opentofu

if TYPE_CHECKING:
    from collections.abc import Callable


def packed(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('cidrcontains("192.168.2.0/20", "192.168.2.1")', True),
        ('cidrcontains("192.168.2.0/20", "192.168.2.0/22")', True),
        ('cidrcontains("192.168.2.0/20", "192.126.2.1")', False),
        ('cidrcontains("10.0.0.0/24", "10.0.0.0/16")', False),
        ('cidrcontains("fe80::/48", "fe80::1")', True),
        ('cidrcontains("fe80::/48", "192.168.2.1")', Fault),
        ('cidrcontains("10.0.0.0/8", "x")', Fault),
        ('cidrcontains("10.0.0.1", "10.0.0.1")', Fault),
        ('urldecode("Hello%20World+%E2%98%83")', "Hello World ☃"),
        ('urldecode("100%")', Fault),
        ('urldecode("%ff")', Fault),
        (f'base64gunzip("{packed("größer".encode())}")', "größer"),
        (f'base64gunzip("{packed(b"long enough to be cut")[:24]}")', Fault),
        (f'base64gunzip("{packed(bytes([255]))}")', Fault),
        ('base64gunzip("!")', Fault),
        ('base64gunzip("YWJj")', Fault),
    ],
)
def test_functions_answer_as_opentofu_documents_them(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


def test_what_unpacks_to_far_more_is_refused(plain: Callable[[str], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opentofu, "_MOST_BYTES", 100)
    assert plain(f'base64gunzip("{packed(bytes(101))}")') == Fault
    assert plain(f'base64gunzip("{packed(bytes(100))}")') == "\0" * 100
