"""YAML's scalars are Terraform's: exact numbers, its booleans, timestamps as strings, keys that are strings."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml

from tapeproof.gate.engine.evaluator.functions.yaml_loader import Loader


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("[y, No, TRUE, off]", [True, False, True, False]),
        ("[yEs, nUll]", ["yEs", "nUll"]),
        ("[~, Null, NULL]", [None, None, None]),
        ("[0x1F, 0o17, 017, 0b11, 1_000]", [31, 15, 17, "0b11", "1_000"]),
        ("[.5, 1., 1e3, +1]", [Decimal("0.5"), 1, 1000, 1]),
        ("!!float 3", 3),
        ("0.1", Decimal("0.1")),
        ("2001-1-1", "2001-01-01T00:00:00Z"),
        ("2001-02-30", "2001-02-30"),
        ("2001-01-01 10:00:00", "2001-01-01T10:00:00Z"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14T21:59:43-05:00"),
        ("!!timestamp 2001-01-01", "2001-01-01T00:00:00Z"),
        ("!!binary aGVsbG8=", "aGVsbG8="),
        ("!!str 1", "1"),
        ("on: push", {"true": "push"}),
        ("1.50: a", {"1.50": "a"}),
        ("x: &x {a: 1}\nz:\n  <<: *x\n  b: 2", {"x": {"a": 1}, "z": {"a": 1, "b": 2}}),
    ],
)
def test_scalars_are_what_terraform_makes_of_them(text: str, answer: object) -> None:
    assert yaml.load(text, Loader=Loader) == answer


@pytest.mark.parametrize("text", ["9" * 5000, "-" + "1" * 1001, "0x" + "f" * 5000, "1." + "3" * 5000])
def test_a_number_that_no_text_can_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="has too many digits"):
        yaml.load(text, Loader=Loader)


def test_no_number_is_ever_a_float() -> None:
    assert not isinstance(yaml.load("!!float 3.5", Loader=Loader), float)


@pytest.mark.parametrize(
    "text",
    [".inf", ".NaN", "!!float NaN", "null: 1", "? [a]\n: b", "!!set {a}", "!!omap [a: 1]", "!!python/name:os.system"],
)
def test_what_terraform_refuses_is_refused(text: str) -> None:
    with pytest.raises((yaml.YAMLError, ValueError, ArithmeticError)):
        yaml.load(text, Loader=Loader)
