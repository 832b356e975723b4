"""Condition operators: what each compares, and how a document writes it.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import ipaddress
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.measures import Span, read_point
from tapeproof.gate.access.patterns import Glob, arn_pattern, exact, marked_wildcard
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tapeproof.gate.access.variables import Marked

__all__ = ["Member", "Operator", "check_value", "member", "read_operator"]

Member = Glob | Span
"""A set of values that one value of a condition stands for."""

_COMPARISONS = {
    "Equals": (True, True, False, False),
    "LessThan": (False, True, False, True),
    "LessThanEquals": (False, True, False, False),
    "GreaterThan": (True, False, True, False),
    "GreaterThanEquals": (True, False, False, False),
}
"""For each comparison: whether it ends below and above, and whether these ends are open."""
_BASES = {
    "StringEquals": "exact",
    "StringEqualsIgnoreCase": "folded",
    "StringLike": "wildcard",
    "ArnEquals": "arn",
    "ArnLike": "arn",
    "Bool": "folded",
    "BinaryEquals": "exact",
    "IpAddress": "address",
    "Null": "null",
    **{f"Numeric{comparison}": "number" for comparison in _COMPARISONS},
    **{f"Date{comparison}": "date" for comparison in _COMPARISONS},
}
_NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NotIpAddress": "IpAddress",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
}
_SIZES = frozenset({"address", "number", "date"})
"""Kinds that are compared by size."""
_SPELLED = re.compile(r"(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?")


class Operator(NamedTuple):
    """An operator taken apart.

    Attributes:
        base: Its positive form without prefix and suffix, such as `StringLike`.
        negated: Whether it is the Not of its base.
        if_exists: Whether it also holds where the key is absent.
        quantifier: `all` for ForAllValues, `any` for ForAnyValue, else the empty string.
    """

    base: str
    negated: bool = False
    if_exists: bool = False
    quantifier: str = ""

    @property
    def kind(self) -> str:
        """What is compared: exact, folded, wildcard, arn, address, number, date or null."""
        return _BASES[self.base]

    def plain_member(self, text: str) -> Member:
        """Return the values that a value without wildcards and variables admits."""
        if self.kind in _SIZES:
            return _measured(self, text, text)
        return exact(text, folded=self.kind == "folded")


def read_operator(text: str) -> Operator:
    """Take an operator apart.

    Raises:
        AccessError: There is no such operator.
    """
    found = _SPELLED.fullmatch(text)
    quantifier, name, suffix = found.groups() if found else (None, text, None)
    base = _NEGATED.get(name, name)
    if base not in _BASES or (base == "Null" and (quantifier or suffix)):
        raise AccessError(
            f"there is no condition operator {text!r}; write one of AWS's, such as StringEquals or ArnLike"
        )
    short = {"ForAllValues": "all", "ForAnyValue": "any"}.get(quantifier or "", "")
    return Operator(base, name in _NEGATED, bool(suffix), short)


def check_value(operator: Operator, text: str) -> None:
    """Refuse a value that the operator cannot compare.

    Raises:
        AccessError: The value is not of the operator's kind.
    """
    if "${" in text:
        return
    if operator.kind in {"number", "date"} and read_point(operator.kind, text) is None:
        raise AccessError(f"{operator.base} expects a {operator.kind}, got {text!r}")
    if operator.kind == "address":
        _network(text)
    if operator.base in {"Bool", "Null"} and text.lower() not in {"true", "false"}:
        raise AccessError(f'{operator.base} expects "true" or "false", got {text!r}')


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise AccessError(f"IpAddress expects an address or a range such as 10.0.0.0/8, got {text!r}") from error


def member(operator: Operator, marked: Marked, text: str) -> Member:
    """Return the values that one value of the condition admits."""
    plain = "".join(letter for letter, _ in marked)
    match operator.kind:
        case "exact" | "folded" | "null":
            return exact(plain, folded=operator.kind == "folded")
        case "wildcard":
            return marked_wildcard(marked, text)
        case "arn":
            return arn_pattern(marked, text)
        case _:
            return _measured(operator, plain, text)


def _measured(operator: Operator, plain: str, text: str) -> Span:
    return _range(plain, text) if operator.kind == "address" else _build_span(operator, operator.kind, plain, text)


def _range(plain: str, text: str) -> Span:
    network = _network(plain)
    first, last = Fraction(int(network.network_address)), Fraction(int(network.broadcast_address))
    return Span("address", (network.version, first), (network.version, last), text)


def _build_span(operator: Operator, measure: str, plain: str, text: str) -> Span:
    point = read_point(measure, plain)
    if point is None:
        return Span(measure, (0, Fraction(1)), (0, Fraction(0)), text)
    comparison = operator.base.removeprefix("Numeric").removeprefix("Date")
    low, high, low_open, high_open = _COMPARISONS[comparison]
    return Span(measure, point if low else None, point if high else None, text, low_open, high_open)
