"""What code asks of AWS: calls of boto3's clients, found in the syntax trees of files and never run.

A client is known where ``client("name")`` is written with a literal name; a method is counted for every client of the
code that has one of its name, so nothing that is called is taken for uncalled. What is computed (a client's name, a
method fetched by name, a boto3 resource) is told as not known.
"""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.engine.record import field, record
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Calls", "find_calls"]

_LARGEST = 2 * 2**20
"""Bytes; longer files are made by programs."""
_HIGHER = {"upload_file": ("PutObject",), "upload_fileobj": ("PutObject",), "download_file": ("GetObject",),
           "download_fileobj": ("GetObject",), "copy": ("CopyObject",)}  # fmt: skip
"""Methods of the S3 client that are no operations, and the operations they call (boto3, "S3 customizations")."""


@record(slots=False)
class Calls:
    """What the code of a folder calls.

    Attributes:
        actions: IAM actions in lower case, ``dynamodb:putitem``.
        unknown: What is not known: file, line and what is written there.
    """

    actions: frozenset[str]
    unknown: tuple[str, ...] = ()


@record(slots=False)
class _Seen:
    """What was met on the way: services of clients, names of methods, and what is computed."""

    services: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


def find_calls(folders: Sequence[Path]) -> Calls:
    """Return what the Python files of some folders may call.

    Raises:
        AccessError: There is no such folder or no Python in it, a file cannot be read, or botocore is not installed.
    """
    seen = _Seen()
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
        if not files:
            raise AccessError(f"{folder}: there is no Python here; name the folder or the file of the function's code")
        for file in files:
            _look_through(file, seen)
    operations = {service: _operations_of(service) for service in sorted(seen.services)}
    actions = {
        action
        for service, (prefix, names) in operations.items()
        for method in seen.methods
        for operation in (_HIGHER.get(method, ()) if service == "s3" else ()) or (names.get(method, ""),)
        for action in _actions_of(service, prefix, operation)
    }
    return Calls(frozenset(actions), tuple(seen.unknown))


def _look_through(file: Path, seen: _Seen) -> None:
    try:
        if file.stat().st_size > _LARGEST:
            seen.unknown.append(f"{file}: is larger than {_LARGEST:,} bytes and was not read")
            return
        tree = ast.parse(file.read_bytes(), str(file))
    except (OSError, SyntaxError, ValueError, RecursionError) as error:
        raise AccessError(f"{file}: cannot be read as Python: {error}") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            seen.methods.add(node.attr)
        if isinstance(node, ast.Call):
            _look_at(node, file, seen)


def _look_at(call: ast.Call, file: Path, seen: _Seen) -> None:
    name = _name_of(call.func)
    if name in {"client", "resource"} and (call.args or call.keywords):
        named = next((one.value for one in call.keywords if one.arg == "service_name"), None)
        first = call.args[0] if call.args else named
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and name == "client":
            seen.services.add(first.value)
        elif name == "client" or isinstance(first, ast.Constant):
            what = "the client's name is computed" if name == "client" else "a boto3 resource is not looked through"
            seen.unknown.append(f"{file}:{call.lineno}: {what}")
    elif name == "getattr" and len(call.args) > 1 and not isinstance(call.args[1], ast.Constant):
        seen.unknown.append(f"{file}:{call.lineno}: the method's name is computed")


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _operations_of(service: str) -> tuple[str, Mapping[str, str]]:
    """Return the prefix of a service's actions, and its operations by the name of the client's method."""
    try:
        from botocore import session, xform_name  # noqa: PLC0415 - only this question needs the SDK's models
        from botocore.exceptions import UnknownServiceError  # noqa: PLC0415 - as above
    except ImportError as error:
        raise AccessError("to read code, the extra `aws` is needed: pip install 'tapeproof[aws]'") from error
    try:
        model = session.get_session().get_service_model(service)
    except UnknownServiceError as error:
        raise AccessError(f"{service}: the SDK knows no such service") from error
    return str(model.signing_name), {xform_name(name): name for name in model.operation_names}


def _actions_of(service: str, prefix: str, operation: str) -> Iterator[str]:
    if not operation:
        return
    for name in _list_renamed_calls().get((service, operation), [operation]):
        yield f"{prefix}:{name}".lower()


@cache
def _list_renamed_calls() -> dict[tuple[str, str], list[str]]:
    return {(row["service"], row["call"]): row["actions"].split() for row in rows("call_actions")}
