"""Policies that are data: checks of attributes in ``policy.yaml``, for what needs no rule in Python.

    checks:
      - resource: aws_sqs_queue
        attribute: message_retention_seconds
        at_least: 345600
        message: messages are gone before anybody looks at them
        fix: message_retention_seconds = 1209600

``attribute`` may lead through nested blocks (``versioning_configuration.status``), and every block on the way is
judged; of a list, every element is. What is absent fails, unless ``unset: pass`` says that the provider's default will
do. What is not known is UNKNOWN.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Known, Undecided
from tapeproof.gate.engine.record import record
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tapeproof.gate.engine.model import Block, Finding, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Judge

__all__ = ["AttributeCheck", "judge_attributes", "parse_checks"]

_REQUIRED = {"resource", "attribute", "message", "fix"}
_UNSET = ("fail", "pass")
_SECONDS = 2.0
"""How long a regular expression may take on one value."""
_PARTS = 20


@record(slots=False)
class AttributeCheck:
    """What one attribute of some types of resources must be.

    Attributes:
        resources: The types; ``aws_iam_*`` works.
        path: Names of the blocks on the way and of the attribute.
        test: The name of the comparison.
        wanted: What it compares with.
        passes_unset: Whether the attribute may be absent.
        message: What is wrong where it does not hold, as a sentence without a full stop.
        fix: What to write instead.
    """

    resources: tuple[str, ...]
    path: tuple[str, ...]
    test: str
    wanted: Any
    passes_unset: bool
    message: str
    fix: str

    @property
    def expected(self) -> str:
        """What would pass, for evidence."""
        return f"{'.'.join(self.path)} {self.test.replace('_', ' ')} {self.wanted!r}"


def parse_checks(written: object) -> tuple[AttributeCheck, ...]:
    """Return the checks that ``policy.yaml`` holds.

    Raises:
        ValueError: They are not as they should be; the message names the check, counted from 1.
    """
    if not isinstance(written, list) or not written:
        raise ValueError(f"checks: expected a list of at least one check, got {written!r}")
    return tuple(_parse_check(number, entry) for number, entry in enumerate(written, start=1))


def _parse_check(number: int, entry: object) -> AttributeCheck:
    if not isinstance(entry, dict) or _REQUIRED - entry.keys():
        raise ValueError(f"checks, number {number}: expected a mapping with {', '.join(sorted(_REQUIRED))} and a test")
    tests = entry.keys() - _REQUIRED - {"unset"}
    if len(tests) != 1 or not tests <= _TESTS.keys():
        raise ValueError(f"checks, number {number}: expected one of {', '.join(_TESTS)}, got {sorted(tests)}")
    (test,) = tests
    try:
        _WANTED[test](entry[test])
    except (TypeError, ValueError) as error:
        raise ValueError(f"checks, number {number}, {test}: {error}") from error
    path, unset = tuple(str(entry["attribute"]).split(".")), entry.get("unset", "fail")
    if not all(path) or len(path) > _PARTS or unset not in _UNSET:
        raise ValueError(f"checks, number {number}: expected an attribute such as a.b, and unset one of fail, pass")
    types = entry["resource"] if isinstance(entry["resource"], list) else [entry["resource"]]
    texts = str(entry["message"]).strip(), str(entry["fix"]).strip()
    if not all(texts) or not types:
        raise ValueError(f"checks, number {number}: resource, message and fix must not be empty")
    return AttributeCheck(tuple(map(str, types)), path, test, entry[test], unset == "pass", *texts)


def judge_attributes(checks: Iterable[AttributeCheck]) -> Judge:
    """Return the rule that some checks are."""
    listed = tuple(checks)

    def judge(stack: Stack, parameters: Mapping[str, Any]) -> Iterator[Finding]:
        for types in dict.fromkeys(check.resources for check in listed):
            asked = [check for check in listed if check.resources == types]
            yield from _judge_types(types, asked)(stack, parameters)

    return judge


def _judge_types(types: tuple[str, ...], checks: list[AttributeCheck]) -> Judge:
    @each(*types)
    def judge(resource: Resource, _stack: Stack, _parameters: Mapping[str, Any]) -> Iterator[Finding]:
        yield from judge_all(checks, lambda check: _judge_resource(resource, check))

    return judge


def _judge_resource(resource: Resource, check: AttributeCheck) -> Iterator[Finding]:
    def judge_value(value: Value) -> Iterator[Finding]:
        unset = value.is_unset
        holds = check.passes_unset if unset else _TESTS[check.test](value, check.wanted)
        if not holds:
            observed = "not set" if unset else ""
            yield resource.fails(value, check.message, fix=check.fix, expected=check.expected, observed=observed)

    yield from judge_all(_values(resource, check.path), judge_value)


def _values(block: Block, path: tuple[str, ...]) -> Iterator[Value]:
    """Yield what stands at a path, in every block of that path; a null at the header of what lacks a part of it."""
    name, *rest = path
    if rest:
        empty = True
        for inner in block.blocks(name):
            empty = False
            yield from _values(inner, tuple(rest))
        if empty:
            yield Known(None, span=block.span)
        return
    value = block[name]
    try:
        yield from value.elements() or (Known(None, span=value.span),)
    except Undecided:
        yield value


def _equals(value: Value, wanted: object) -> bool:
    if isinstance(wanted, bool):
        return value.boolean() is wanted
    if isinstance(wanted, (int, float)):
        return value.number() == Decimal(str(wanted))
    return value.text() == wanted


def _is_among(value: Value, wanted: list[object]) -> bool:
    """Return whether a value is one of some, of which each is compared as what it is."""
    undecided: Undecided | None = None
    for one in wanted:
        try:
            if _equals(value, one):
                return True
        except Undecided as error:
            # A text is no number: that decides about the number, and says nothing of what is not known at all.
            undecided = undecided if value.known else error
    if undecided is not None:
        raise undecided
    return False


def _matches(value: Value, wanted: str) -> bool:
    import regex  # noqa: PLC0415 - slow to import; only catalogues that use patterns pay for it

    text = value.text()
    try:
        return regex.fullmatch(wanted, text, timeout=_SECONDS) is not None
    except TimeoutError as error:
        raise Undecided(
            value, f"the regular expression {wanted!r} takes more than {_SECONDS:g} seconds on it"
        ) from error


def _as_pattern(wanted: str) -> None:
    import regex  # noqa: PLC0415 - as above

    try:
        regex.compile(wanted)
    except regex.error as error:
        raise ValueError(str(error)) from error


def _as_scalar(wanted: object) -> None:
    if not isinstance(wanted, (str, int, float)):
        raise TypeError(f"expected a text, a number, true or false, got {wanted!r}")


def _as_number(wanted: object) -> None:
    if isinstance(wanted, bool) or not isinstance(wanted, (int, float)):
        raise TypeError(f"expected a number, got {wanted!r}")


def _as_list(wanted: object) -> None:
    if not isinstance(wanted, list) or not wanted:
        raise TypeError(f"expected a list of at least one, got {wanted!r}")
    for one in wanted:
        _as_scalar(one)


_TESTS: Mapping[str, Callable[[Value, Any], bool]] = {
    "equals": _equals,
    "differs": lambda value, wanted: not _equals(value, wanted),
    "one_of": _is_among,
    "none_of": lambda value, wanted: not _is_among(value, wanted),
    "at_least": lambda value, wanted: value.number() >= Decimal(str(wanted)),
    "at_most": lambda value, wanted: value.number() <= Decimal(str(wanted)),
    "matches": _matches,
}
_WANTED: Mapping[str, Callable[[Any], object]] = {
    "equals": _as_scalar,
    "differs": _as_scalar,
    "one_of": _as_list,
    "none_of": _as_list,
    "at_least": _as_number,
    "at_most": _as_number,
    "matches": _as_pattern,
}
