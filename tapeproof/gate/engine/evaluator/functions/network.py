"""Functions over IP networks, in CIDR notation."""

from __future__ import annotations

import ipaddress
import re
from typing import TypeAlias

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import plain
from tapeproof.gate.engine.evaluator.types import NUMBER, STRING
from tapeproof.gate.late_pattern import compile_late

__all__ = ["network_of"]

_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
_LEADING_ZEROS = compile_late(r"(?<![0-9a-fA-F:.])0+(?=\d)(?=[\d.]+$)|(?<=\.)0+(?=\d)", re.ASCII)
"""Terraform reads octets with leading zeros as decimal, as it always has (its own copy of Go's parser)."""
_MOST_BITS_OF_NUMBER = 32


def network_of(prefix: str) -> _Network:
    """Return the network of a prefix.

    Raises:
        Fault: It is none.
    """
    address, slash, length = prefix.partition("/")
    if not (slash and length.isascii() and length.isdigit()) or "%" in address:
        raise Fault(f"{prefix!r} is no CIDR prefix")
    try:
        return ipaddress.ip_network((_LEADING_ZEROS.sub("", address), int(length)), strict=False)
    except ValueError as error:
        raise Fault(f"{prefix!r} is no CIDR prefix: {error}") from None


@plain("cidrhost", STRING, NUMBER)
def _cidrhost(prefix: str, number: int) -> str:
    network = network_of(prefix)
    size = network.num_addresses
    if not -size <= number < size:
        raise Fault(f"{prefix} has no host {number}")
    return str(network[number])


@plain("cidrnetmask", STRING)
def _cidrnetmask(prefix: str) -> str:
    network = network_of(prefix)
    if network.version != 4:  # noqa: PLR2004 - the version of the Internet protocol
        raise Fault("cidrnetmask takes only IPv4 prefixes")
    return str(network.netmask)


@plain("cidrsubnet", STRING, NUMBER, NUMBER)
def _cidrsubnet(prefix: str, bits: int, number: int) -> str:
    network = network_of(prefix)
    length = network.prefixlen + bits
    if bits < 0 or length > network.max_prefixlen:
        raise Fault(f"{prefix} cannot be extended by {bits} bits")
    if not 0 <= number < 2**bits:
        raise Fault(f"{bits} bits have no subnet {number}")
    base = int(network.network_address) + (number << (network.max_prefixlen - length))
    return str(type(network)((base, length)))


@plain("cidrsubnets", STRING, rest=NUMBER, gives="list")
def _cidrsubnets(prefix: str, *bits: int) -> list[str]:
    network = network_of(prefix)
    result: list[str] = []
    here = int(network.network_address)
    for extra in bits:
        length = network.prefixlen + extra
        if extra < 1 or length > network.max_prefixlen or extra > _MOST_BITS_OF_NUMBER:
            raise Fault(f"{prefix} cannot be extended by {extra} bits")
        size = 1 << (network.max_prefixlen - length)
        here = -(-here // size) * size
        if here + size > int(network.network_address) + network.num_addresses:
            raise Fault(f"{prefix} has no room for subnets of {', '.join(map(str, bits))} more bits")
        result.append(str(type(network)((here, length))))
        here += size
    return result
