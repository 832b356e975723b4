"""``yamlencode`` writes what Terraform's console writes, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('"yes"', '"yes"\n'),
        ("1", "1\n...\n"),
        ("null", "null\n...\n"),
        ("[]", "[]\n"),
        ("{}", "{}\n"),
        ('[[1, "a"], { b = true }]', '- - 1\n  - "a"\n- "b": true\n'),
        ("{ b = [1], a = { c = null } }", '"a":\n  "c": null\n"b":\n- 1\n'),
        (r'"a\nb"', "|-\n  a\n  b\n"),
        (r'"a\n"', "|\n  a\n"),
        (r'"a\n\n"', "|+\n  a\n\n"),
        (r'" x\n"', "|2\n   x\n"),
        (r'"\n"', "|2+\n\n"),
        (r'" \n"', '" \\n"\n'),
        (r'"a\r\nb"', '"a\\r\\nb"\n'),
        (r'"a\tb\nc"', '"a\\tb\\nc"\n'),
        (r'"é\u2028\u0085\u0007\ufeff😀\\"', '"é\\L\\N\\a\\uFEFF\\U0001F600\\\\"\n'),
        (r'{ "a\nb" = 1 }', Fault),
    ],
)
def test_values_are_written_in_block_style(expression: str, text: object, plain: Callable[[str], object]) -> None:
    assert plain(f"yamlencode({expression})") == text


@pytest.mark.parametrize("expression", [r'"a\r\nb"', r'" x\n"', r'"\n\n"', r'"😀\u2028"', r'["a\n", { k = "b\n\nc" }]'])
def test_what_is_written_is_read_back_as_it_was(expression: str, plain: Callable[[str], object]) -> None:
    assert plain(f"yamldecode(yamlencode({expression}))") == plain(expression)


def test_what_is_not_wholly_known_is_not_written(evaluate: Callable[[str], Value]) -> None:
    assert evaluate("yamlencode({ a = var.free })").why == "var.free has no value"
