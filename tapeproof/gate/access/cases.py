"""Decisions in a file: policies, a request, and the answer for each.

The form: `{"cases": [{"id", "policies": {...}, "request": {...}}]}`. `policies` has identity (a list), resource, key,
boundary, session, endpoint (documents) and grants; `request` has principal, action, resource, resource_account, context
(every condition key the request carries) and unknown (keys that may be absent or have any value).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from tapeproof.gate.access.decision import Answer, Decision, decide
from tapeproof.gate.access.document import Document, read_document
from tapeproof.gate.access.evaluation import Grant, Policies
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.principal import Kind, Principal
from tapeproof.gate.access.request import Request
from tapeproof.gate.access.wording import say_decision
from tapeproof.gate.engine.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DecidedCase", "decide_file", "exit_status", "read_principal", "read_request_case", "render_cases"]

_LARGEST = 64 * 2**20
_FORM = "docs/access.md tells the form of the file"
_LAYERS = ("identity", "resource", "key", "boundary", "session", "endpoint", "grants")


@record(slots=False)
class DecidedCase:
    """A case of the file and its answer.

    Attributes:
        name: The case's id, else its number from 1.
        decision: What is decided.
        expected: The answer the file expects, None where it says none.
        spelling: How the request spells its keys, by their lower case.
    """

    name: str
    decision: Decision
    expected: str | None
    spelling: Mapping[str, str]

    @property
    def is_right(self) -> bool:
        """Whether the answer is the one expected, or none was."""
        return self.expected in {None, self.decision.answer.value}


def decide_file(path: Path) -> list[DecidedCase]:
    """Decide every case of a file.

    Raises:
        AccessError: The file cannot be read; the message names the case and what is wrong.
    """
    try:
        value = json.loads(_read_bytes(path).decode("utf-8-sig"), object_pairs_hook=_refuse_twins)
    except OSError as error:
        raise AccessError(f"{path}: {error.strerror or error}", fix=_FORM) from error
    except (ValueError, RecursionError) as error:
        raise AccessError(f"{path}: not JSON: {error}", fix=_FORM) from error
    cases = value.get("cases") if isinstance(value, Mapping) else value
    if not isinstance(cases, list):
        raise AccessError(f'{path}: expected {{"cases": [...]}} or a list of cases', fix=_FORM)
    if not cases:
        raise AccessError(f"{path}: it holds no case, so nothing is decided", fix=_FORM)
    return [_decide_case(case, number, str(path)) for number, case in enumerate(cases, 1)]


def _read_bytes(path: Path) -> bytes:
    """Return what a file holds; a device or a pipe may never end, so no more is read than a file may have."""
    with path.open("rb") as file:
        read = file.read(_LARGEST + 1)
    if len(read) > _LARGEST:
        raise AccessError(f"{path}: larger than {_LARGEST // 2**20} MiB; split it into several files")
    return read


def _refuse_twins(members: list[tuple[str, object]]) -> dict[str, object]:
    """Return a JSON object; of two members of one name, one would count and the other be passed over in silence."""
    found = dict(members)
    if len(found) < len(members):
        names = [name for name, _ in members]
        twin = next(name for name in found if names.count(name) > 1)
        raise ValueError(f"the member {twin!r} stands twice in one object")
    return found


def _decide_case(case: object, number: int, path: str) -> DecidedCase:
    name = str(case.get("id", number)) if isinstance(case, Mapping) else str(number)
    where = f"{path}: case {name}"
    policies, request = read_request_case(case, where)
    assert isinstance(case, Mapping)  # noqa: S101 - read_request_case refuses others
    unknown = case["request"].get("unknown") or []
    expected = case.get("expected")
    answers = [answer.value for answer in Answer]
    if expected is not None and expected not in answers:
        raise AccessError(f"{where}: expected expects one of {', '.join(answers)}, got {expected!r}")
    spelling = {str(key).lower(): str(key) for key in unknown}
    return DecidedCase(name, decide(policies, request), None if expected is None else str(expected), spelling)


def read_request_case(case: object, where: str) -> tuple[Policies, Request]:
    """Read the policies and the request of one case.

    Raises:
        AccessError: A member is missing or of another kind.
    """
    if not isinstance(case, Mapping):
        raise AccessError(f"{where}: expected an object with policies and request")
    policies = case.get("policies")
    if not isinstance(policies, Mapping):
        raise AccessError(f"{where}: policies is missing or no object")
    unknown = [str(key) for key in policies if key not in _LAYERS]
    if unknown:
        raise AccessError(f"{where}: {unknown[0]!r} is no kind of policy; there are {', '.join(_LAYERS)}")
    return _policies(policies, where), _request(case.get("request"), f"{where}: request")


def _policies(value: Mapping[str, object], where: str) -> Policies:
    def one(layer: str) -> Document | None:
        document = value.get(layer)
        return None if document is None else read_document(document, f"{where}: {layer} policy")

    attached = value.get("identity") or []
    if not isinstance(attached, list):
        attached = [attached]
    identity = tuple(read_document(each, f"{where}: identity policy {at}") for at, each in enumerate(attached, 1))
    grants = tuple(_grants(value.get("grants"), where))
    return Policies(identity, one("resource"), one("key"), one("boundary"), one("session"), one("endpoint"), grants)


def _grants(value: object, where: str) -> Iterator[Grant]:
    for grant in _list(value, f"{where}: grants"):
        if not isinstance(grant, Mapping) or not isinstance(grant.get("grantee"), str):
            raise AccessError(f"{where}: a grant expects grantee (an ARN) and operations")
        constraints = grant.get("constraints") or {}
        if not isinstance(constraints, Mapping):
            raise AccessError(f"{where}: constraints of a grant expect an object")
        equals = constraints.get("EncryptionContextEquals")
        yield Grant(
            grantee=str(grant["grantee"]),
            operations=tuple(str(name) for name in _list(grant.get("operations"), f"{where}: operations")),
            subset=_pairs(constraints.get("EncryptionContextSubset"), where),
            equals=None if equals is None else _pairs(equals, where),
        )


def _pairs(value: object, where: str) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise AccessError(f"{where}: an encryption context expects an object")
    return tuple((str(key), str(text)) for key, text in value.items())


def _request(value: object, where: str) -> Request:
    if not isinstance(value, Mapping):
        raise AccessError(f"{where} is missing or no object")
    for member in ("action", "resource"):
        if not isinstance(value.get(member), str) or not value[member]:
            raise AccessError(f"{where}: {member} expects text, got {value.get(member)!r}")
    context = value.get("context") or {}
    if not isinstance(context, Mapping):
        raise AccessError(f"{where}: context expects an object, got {context!r}")
    resource = str(value["resource"])
    account = value.get("resource_account") or (resource.split(":") + [""] * 5)[4]
    return Request(
        principal=read_principal(value.get("principal"), where),
        action=str(value["action"]),
        resource=resource,
        account=str(account),
        context={str(key).lower(): _values(values, f"{where}: context {key}") for key, values in context.items()},
        unknown=frozenset(str(key).lower() for key in _list(value.get("unknown"), f"{where}: unknown")),
    )


def _values(value: object, where: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    for one in listed:
        if not isinstance(one, str | int | float):
            raise AccessError(f"{where} expects text, or a list of texts, got {one!r}; leave out a key that is absent")
    return tuple(str(one).lower() if isinstance(one, bool) else str(one) for one in listed)


def _list(value: object, where: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise AccessError(f"{where} expects a list, got {value!r}")
    return value


def read_principal(value: object, where: str) -> Principal:
    """Read who asks.

    Raises:
        AccessError: The principal has no kind, or lacks the name that its kind needs.
    """
    kinds = get_args(Kind)
    if not isinstance(value, Mapping) or value.get("kind") not in kinds:
        raise AccessError(f"{where}: principal expects a kind among {', '.join(kinds)}")
    kind: Kind = value["kind"]
    name = next((str(value[member]) for member in ("arn", "name", "provider", "id") if value.get(member)), "")
    if not name and kind != "anonymous":
        raise AccessError(f"{where}: a principal of kind {kind} needs its ARN or name")
    account = value.get("account") or ((name.split(":") + [""] * 5)[4] if kind in {"user", "role", "root"} else "")
    return Principal(kind, name, str(account), str(value.get("session_arn") or ""))


def exit_status(decided: list[DecidedCase]) -> int:
    """Return 0 where every answer is the expected one, 1 where one is not, 2 where one is not known."""
    if not all(case.is_right for case in decided):
        return 1
    open_ones = (case for case in decided if case.decision.answer is Answer.UNKNOWN and case.expected is None)
    return 2 if any(open_ones) else 0


def render_cases(decided: list[DecidedCase]) -> list[str]:
    """Return the lines that tell each answer, and how many are not the expected ones."""
    lines: list[str] = []
    for case in decided:
        owed = "" if case.is_right else f" (expected {case.expected})"
        lines.append(f"{case.name}: {say_decision(case.decision, case.spelling)}{owed}")
    wrong = sum(not case.is_right for case in decided)
    expected = sum(case.expected is not None for case in decided)
    if expected:
        lines.append(f"{expected - wrong} of {expected} answers as expected")
    return lines
