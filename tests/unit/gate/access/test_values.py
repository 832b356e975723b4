"""What a key could carry so that some conditions hold and others do not."""

from __future__ import annotations

import pytest

from tapeproof.gate.access.condition import Test as Asked
from tapeproof.gate.access.condition import build_test
from tapeproof.gate.access.document import Clause
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.operators import read_operator
from tapeproof.gate.access.values import find_value, is_multivalued


def _test(operator: str, *values: str, key: str = "t:k") -> Asked:
    return build_test(Clause(read_operator(operator), key, key, values), lambda _: None, live=False)


@pytest.mark.parametrize(
    ("demands", "expected"),
    [
        ([("StringEquals", "a", True)], ("a",)),
        ([("StringEquals", "a", True), ("StringLike", "a*", False)], None),
        ([("StringNotEquals", "a", True)], ()),
        ([("StringNotEquals", "a", False)], ("a",)),
        ([("Null", "true", True)], ()),
        ([("Null", "false", True), ("StringEquals", "a", True)], ("a",)),
        ([("Null", "true", True), ("StringEquals", "a", True)], None),
        ([("NumericGreaterThan", "1", True), ("NumericLessThan", "3", True)], ("2",)),
        ([("NumericGreaterThan", "1", True), ("NumericLessThan", "2", True)], None),
        ([("NumericGreaterThan", "0.1", True), ("NumericLessThan", "0.2", True)], ("0.15",)),
        ([("NumericGreaterThan", "12345678901234567.1", True), ("NumericLessThan", "12345678901234567.2", True)],
         ("12345678901234567.15",)),
        ([("DateGreaterThan", "1767225600000", True)], ("1767225600001",)),
        ([("IpAddress", "10.0.0.0/8", True), ("IpAddress", "10.0.0.0/8", False)], None),
        ([("Bool", "true", True)], ("true",)),
        ([("Bool", "true", False), ("Bool", "false", False), ("Null", "false", True)], None),
    ],
)  # fmt: skip
def test_a_value_is_found_where_there_is_one(
    demands: list[tuple[str, str, bool]], expected: tuple[str, ...] | None
) -> None:
    tests = [(_test(operator, value), wanted) for operator, value, wanted in demands]
    found = find_value(tests, many=False)
    assert found == expected
    if found is not None:
        assert all(test.holds(found) is wanted for test, wanted in tests)


def test_a_list_may_carry_one_value_for_each_demand() -> None:
    both = [(_test("ForAnyValue:StringEquals", "a"), True), (_test("ForAnyValue:StringEquals", "b"), True)]
    assert find_value(both, many=True) == ("a", "b")
    assert find_value(both, many=False) is None
    only = [*both, (_test("ForAllValues:StringEquals", "a"), True)]
    assert find_value(only, many=True) is None


def test_a_key_that_is_true_or_false_is_nothing_else() -> None:
    neither = [
        (_test("StringEquals", text, key="aws:securetransport"), False) for text in ("true", "false")
    ]  # fmt: skip
    present = (_test("Null", "false", key="aws:securetransport"), True)
    assert find_value([*neither, present], many=False) is None


def test_text_with_wildcards_and_sizes_at_once_are_not_decided() -> None:
    demands = [(_test("NumericLessThan", "10"), True), (_test("StringLike", "7?"), True)]
    with pytest.raises(UndecidedError, match="as text with wildcards and by size"):
        find_value(demands, many=False)


def test_aws_says_which_keys_carry_one_value() -> None:
    assert is_multivalued([_test("ForAnyValue:StringEquals", "a", key="aws:tagkeys")])
    assert not is_multivalued([_test("ForAnyValue:StringEquals", "a", key="aws:principalarn")])
    assert not is_multivalued([_test("StringEquals", "a", key="aws:tagkeys")])
