"""Secrets written into source: in literals, in defaults and variable files, and in what a provider hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.environments import environment_types
from tapeproof.gate.aws.exposure import Exposure, is_harmless, of_text
from tapeproof.gate.aws.functions import value_at
from tapeproof.gate.aws.hidden_attributes import credentials_of
from tapeproof.gate.aws.named_values import leaves, named_values
from tapeproof.gate.aws.read_secrets import secrets_read
from tapeproof.gate.aws.written_across import secrets_across_lines
from tapeproof.gate.engine.model import Piece, Resource, Undecided, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.late_pattern import compile_late
from tapeproof.gate.secrets.formats import Clue
from tapeproof.gate.secrets.names import (
    is_digest_name,
    is_placeholder,
    is_secret_name,
    may_be_one_of,
    may_hold_key,
    tells_where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Literal, Stack, Variable

__all__ = ["Written", "written_secrets"]

_BLOCKS = frozenset({"action", "data", "ephemeral", "locals", "module", "provider", "resource", "terraform", "tfvars"})
_HOLDING = _BLOCKS | {"output"}
"""Blocks in which the name of an attribute says what its value is."""
_PROSE = frozenset({"description", "alarm_description", "comment", "error_message", "documentation", "markdown"})
_DIGEST = compile_late(
    r"hash|sha\d*$|checksum|digest|md5|etag|fingerprint|thumbprint|public|certificate|nonce|seed|salt"
)
_OF_A_PUBLIC_KEY = frozenset({"n", "x", "y", "kid", "x5c", "x5t", "x5t#S256"})
"""Members of a JSON Web Key that everyone may know (RFC 7517, RFC 7518)."""
_OF_NAMES = compile_late(
    r"(?:^|\.)(?:aws_route53_record|cloudflare_(?:dns_)?record|google_dns_record_set|azurerm_dns_\w+)\."
)
"""Records of names, which everyone may ask for: what looks random there proves a domain or a certificate (RFC 8555)."""
_TEXT_OF_AN_ITEM = "S"
"""What stands between a name and its text in an item (Amazon DynamoDB Developer Guide, "Data type descriptors")."""
_BESIDE = frozenset(
    ("username", "user", "host", "hostname", "port", "engine", "dbname", "database", "url", "region", "account")
)
"""What stands in a secret beside the secret itself (AWS Secrets Manager User Guide, "JSON structure of secrets")."""
_FIX = "take it from Secrets Manager or SSM at run time, or let AWS generate it"


class Written(NamedTuple):
    """An exposure and the address of what it stands in."""

    owner: str
    exposure: Exposure


_last: list[tuple[Stack, tuple[Written, ...]]] = []
"""The stack that was asked about last; two policies ask about one after the other."""


def written_secrets(stack: Stack) -> Iterator[Written]:
    """Yield the secrets, and the placeholders for one, that stand in source, each place once."""
    known = next((known for asked, known in _last if asked is stack), None)
    if known is not None:
        yield from known
        return
    found: list[Written] = []
    for written in _each_place_once(stack):
        found.append(written)
        yield written
    _last[:] = [(stack, tuple(found))]


def _each_place_once(stack: Stack) -> Iterator[Written]:
    seen: set[tuple[str, int, int]] = set()
    for written in _all(stack):
        span = written.exposure.span
        place = (span.file, span.line, span.column)
        if place not in seen:
            seen.add(place)
            yield written


def _all(stack: Stack) -> Iterator[Written]:
    hidden = {variable.name for variable in stack.variables if variable.sensitive and not variable.module}
    for literal in stack.literals:
        yield from (Written(literal.owner, exposure) for exposure in _of_literal(literal, hidden))
    for literal, (found, _, place) in secrets_across_lines(stack.literals):
        if literal.block in {*_BLOCKS, "output"} and literal.attribute.rpartition(".")[2] not in _PROSE:
            yield Written(literal.owner, Exposure(f"{found.kind} stands in source", place, _FIX, clue=found.clue))
    for variable in stack.variables:
        kind = "parameter" if variable.block.type == "parameter" else "var"
        address = f"{variable.module}.{kind}.{variable.name}".lstrip(".")
        yield from (Written(address, exposure) for exposure in _of_default(variable))
    if stack.front_end not in {"plan", "live"}:  # there, nothing says that it came from source
        for resource in stack.resources():
            yield from (Written(resource.address, exposure) for exposure in _of_hidden(stack, resource))
        for block in (*stack.resources(), *stack.data(), *stack.blocks_of("provider")):
            owner = block.address if isinstance(block, Resource) else f"provider.{'.'.join(block.labels)}"
            yield from (Written(owner, exposure) for exposure in _of_named(stack, block))
            if not isinstance(block, Resource) or block.type not in environment_types():  # those, as settings
                yield from (Written(owner, exposure) for exposure in secrets_read(block))


def _of_literal(literal: Literal, hidden: set[str]) -> Iterator[Exposure]:
    # A local value is its own attribute.
    name = (literal.attribute or literal.owner).rpartition(".")[2]
    if literal.block == "output" and literal.attribute == "value":
        name = literal.owner.rpartition(".")[2]
    if name == _TEXT_OF_AN_ITEM:
        name = literal.attribute.rpartition(".")[0].rpartition(".")[2]
    if literal.whole and literal.block in _HOLDING and _is_secret(name, literal, hidden):
        yield from _of_value(f"{name} is", literal.text, literal)
        return
    if literal.block == "variable" and literal.attribute.startswith("type.") and is_secret_name(name):
        yield from _of_value(f"{name} holds a secret, and its default is", literal.text, literal)
        return
    if is_harmless(literal.text):  # as nearly all are
        return
    for exposure in of_text(Piece(literal.text, literal.span, literal.shifts)):
        told = _DIGEST.search(literal.attribute.lower()) or is_digest_name(name) or _is_of_a_public_key(literal, name)
        guessed = literal.whole and not told and _OF_NAMES.search(literal.owner) is None
        prose = name in _PROSE or literal.block not in {*_BLOCKS, "variable", "output"}
        if exposure.clue is Clue.FORMAT or (not prose and (guessed or exposure.clue is Clue.NAME)):
            yield exposure._replace(message=f"{exposure.message} stands in source")


def _is_of_a_public_key(literal: Literal, name: str) -> bool:
    """Return whether a literal is a member of something that may be a public key, and not just called like one."""
    return name in _OF_A_PUBLIC_KEY and "." in literal.attribute


def _is_secret(name: str, literal: Literal, hidden: set[str]) -> bool:
    if is_secret_name(name) or may_hold_key(name, literal.text):
        return True
    if may_be_one_of(_name_above(literal), literal.text):
        return True
    return literal.block == "tfvars" and literal.attribute.partition(".")[0] in hidden


def _name_above(literal: Literal) -> str:
    """Return what a list or map is called that a literal is in: ``api_tokens`` of ``api_tokens.mail``."""
    path = f"{literal.owner}.{literal.attribute}" if literal.attribute[:1] in {"", "."} else literal.attribute
    return next((name for name in reversed(path.split(".")[:-1]) if name), "") or path


def _of_value(subject: str, text: str, at: Literal | Value) -> Iterator[Exposure]:
    if is_placeholder(text):
        yield Exposure(f"{subject} a placeholder, not a secret", at.span, _FIX, placeholder=True)
    elif not tells_where(text):
        yield Exposure(f"{subject} written out in source", at.span, _FIX)


def _of_default(variable: Variable) -> Iterator[Exposure]:
    default = variable.default
    if default is None or variable.type in {"bool", "number"}:
        return
    for name, leaf in leaves("", default):
        if variable.sensitive or is_secret_name(name or variable.name):
            named = variable.name if variable.block.type == "parameter" else f"var.{variable.name}"
            yield from _of_value(f"{named} holds a secret, and its default is", leaf.text(), leaf)


def _of_hidden(stack: Stack, resource: Resource) -> Iterator[Exposure]:
    for path in credentials_of("resource", resource.type):
        if not _is_secret_here(resource, path):
            continue
        try:
            values = list(value_at(resource, path))
        except Undecided:
            continue  # what is not known is not written out
        for value in values:
            for name, leaf in leaves("", _open_json(stack, value)):
                if name.lower() not in _BESIDE and not _from_outside(stack, leaf):
                    yield from _of_value(f"{name or path} is", leaf.text(), leaf)


def _of_named(stack: Stack, block: Block) -> Iterator[Exposure]:
    """Yield what flows from elsewhere in source to the name of a secret: a local value, an argument of a module."""
    type_ = block.type if isinstance(block, Resource) else ""
    for name, value in named_values(block, labelled=type_ not in environment_types()):  # those, as settings
        hidden = {path.rpartition(".")[2] for path in credentials_of("resource", type_)}  # those are judged above
        if name not in hidden and not _from_outside(stack, value):
            yield from _of_value(f"{name} is", value.text(), value)


def _is_secret_here(resource: Resource, path: str) -> bool:
    """Return whether a hidden attribute is one in this resource: a parameter or a header says so beside it."""
    if resource.type == "aws_ssm_parameter":
        kind, name = resource["type"], resource["name"]
        plain = kind.known and not kind.is_unset and kind.text() != "SecureString"
        return not plain or (name.known and not name.is_unset and is_secret_name(name.text().rpartition("/")[2]))
    return resource.type != "aws_cloudwatch_event_connection" or "invocation_http_parameters" not in path


def _open_json(stack: Stack, value: Value) -> Value:
    """Return what JSON in a value holds; the value itself when it holds none."""
    try:
        return stack.document(value)
    except Undecided:
        return value


def _from_outside(stack: Stack, value: Value) -> bool:
    """Return whether a value was given from outside of source: by the environment or on the command line."""
    given = [variable for variable in stack.variables if value.comes_from(f"var.{variable.name}")]
    place = (value.span.file, value.span.line)
    return any((variable.block.span.file, variable.block.span.line) == place for variable in given)
