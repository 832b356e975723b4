"""Functions that hash and encode strings."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import plain, unpredictable
from tapeproof.gate.engine.evaluator.types import STRING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__: list[str] = []

_NAMESPACES = {"dns": "NAMESPACE_DNS", "url": "NAMESPACE_URL", "oid": "NAMESPACE_OID", "x500": "NAMESPACE_X500"}
"""Terraform's names of namespaces, and Python's."""


def hexadecimal(algorithm: str) -> Callable[[str], str]:
    """Return a function from text to the hexadecimal digest of its UTF-8."""
    return lambda text: hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()


def _in_base64(algorithm: str) -> Callable[[str], str]:
    return lambda text: base64.b64encode(hashlib.new(algorithm, text.encode()).digest()).decode()


for _algorithm in ("md5", "sha1", "sha256", "sha512"):
    plain(_algorithm, STRING)(hexadecimal(_algorithm))
plain("base64sha256", STRING)(_in_base64("sha256"))
plain("base64sha512", STRING)(_in_base64("sha512"))
plain("base64encode", STRING)(lambda text: base64.b64encode(text.encode()).decode())
plain("urlencode", STRING)(lambda text: quote_plus(text, safe="-_.~"))
unpredictable("base64gzip", "what base64gzip makes depends on the version of Terraform that runs it")
unpredictable("bcrypt", "bcrypt gives another result each time")
unpredictable("rsadecrypt", "rsadecrypt needs a private key, which the gate does not use")
unpredictable("timestamp", "timestamp() is known only when Terraform runs")
unpredictable("plantimestamp", "plantimestamp() is known only when Terraform runs")
unpredictable("uuid", "uuid() gives another result each time")


@plain("base64decode", STRING)
def _base64decode(text: str) -> str:
    try:
        return _bytes(text).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Fault(f"base64decode: {error}") from None


@plain("textencodebase64", STRING, STRING)
def _textencodebase64(text: str, encoding: str) -> str:
    try:
        mark = b"\xfe\xff" if encoding.upper() == "UTF-16" else b""
        return base64.b64encode(mark + text.encode(_codec(encoding))).decode()
    except (LookupError, UnicodeEncodeError) as error:
        raise Fault(f"textencodebase64: {error}") from None


@plain("textdecodebase64", STRING, STRING)
def _textdecodebase64(text: str, encoding: str) -> str:
    try:
        return _bytes(text).decode(_codec(encoding))
    except (LookupError, binascii.Error, UnicodeDecodeError) as error:
        raise Fault(f"textdecodebase64: {error}") from None


def _bytes(text: str) -> bytes:
    """Return what base64 stands for; line breaks in it do not matter, other characters do (Go, encoding/base64)."""
    return base64.b64decode(text.replace("\r", "").replace("\n", ""), validate=True)


def _codec(encoding: str) -> str:
    return "utf-16-be" if encoding.upper() == "UTF-16" else encoding


@plain("uuidv5", STRING, STRING)
def _uuidv5(namespace: str, name: str) -> str:
    import uuid  # noqa: PLC0415 - asks which platform this is, and is hardly ever needed

    try:
        parent = getattr(uuid, _NAMESPACES[namespace]) if namespace in _NAMESPACES else uuid.UUID(namespace)
    except ValueError:
        raise Fault(f"{namespace!r} is no namespace of uuidv5") from None
    return str(uuid.uuid5(parent, name))
