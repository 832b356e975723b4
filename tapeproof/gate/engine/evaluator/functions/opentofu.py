"""Functions that OpenTofu has and Terraform has not.

Source: OpenTofu documentation, "Built-in Functions".
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import zlib
from urllib.parse import unquote_to_bytes

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.network import network_of
from tapeproof.gate.engine.evaluator.functions.registry import plain
from tapeproof.gate.engine.evaluator.types import STRING

__all__: list[str] = []

_MOST_BYTES = 16 * 1024 * 1024
_GZIP = 31
"""What zlib calls the format of gzip, with its largest window."""
_NO_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")


@plain("cidrcontains", STRING, STRING)
def _cidrcontains(containing: str, contained: str) -> bool:
    outer = network_of(containing)
    try:
        inner = network_of(contained) if "/" in contained else ipaddress.ip_network(contained)
    except ValueError:
        raise Fault(f"{contained!r} is neither an address nor a CIDR prefix") from None
    if outer.version != inner.version:
        raise Fault("cidrcontains takes two addresses of one version of the protocol")
    return inner.network_address in outer and inner.broadcast_address in outer


@plain("urldecode", STRING)
def _urldecode(text: str) -> str:
    if _NO_ESCAPE.search(text):
        raise Fault("urldecode: a % is followed by no two hexadecimal digits")
    return _text(unquote_to_bytes(text.replace("+", " ")), "urldecode")


@plain("base64gunzip", STRING)
def _base64gunzip(text: str) -> str:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        content = unpacking.decompress(base64.b64decode(text, validate=True), _MOST_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise Fault(f"base64gunzip: {error}") from None
    if not unpacking.eof:
        raise Fault(f"base64gunzip: it is cut, or holds more than {_MOST_BYTES:,} bytes")
    return _text(content, "base64gunzip")


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Fault(f"{name}: it is not UTF-8") from None
