"""How an export writes one item or line of the stores: its part, the key it is sorted by, and its text."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

from tapeproof.auditing.log_items import PARTITION, is_log_item
from tapeproof.log.entry import entry_hash
from tapeproof.verifier.folder import OTHER, part_of
from tapeproof.verifier.streams import parse_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.auditing.source import Line

__all__ = ["audit_row", "decode_value", "encode_value", "line_rows"]

_HEAD = re.compile(rb'\{"_lane":"([^"\\]*)","_prev":"[0-9a-f]{64}","_seq":(0|[1-9]\d{0,9}),')
_ENTRY_NAMES = frozenset({"pk", "sk", "b", "h"})


def audit_row(item: dict[str, Any]) -> tuple[str, bytes, bytes] | None:
    """Return part, sort key and line of an audit item; None for the log's own items, which are exported elsewhere."""
    pk, sk = item["pk"]["S"], item["sk"]["S"]
    if pk == PARTITION:
        return None if is_log_item(item) else (OTHER, b"", _verbatim(item))
    if pk.startswith("E#"):
        part = part_of(sk)
        listed = part is not None and pk == f"E#{part.hour}#{part.shard}" and item.keys() == {"pk", "sk"}
        return (part.name, f"{sk}\t".encode(), b"") if part and listed else (OTHER, b"", _verbatim(item))
    lane = pk.removeprefix("L#")
    part = part_of(lane) if pk.startswith("L#") else None
    if part is None:
        return OTHER, b"", _verbatim(item)
    data, digest = item.get("b", {}).get("B", b""), item.get("h", {}).get("B", b"")
    head = _HEAD.match(data)
    sound = head is not None and head[1] == lane.encode() and f"{int(head[2]):010d}" == sk
    exact = sound and bytes(digest) == entry_hash(bytes(data)) and b"\n" not in data and b"\x1f" not in data
    line = bytes(data) if exact and not item.keys() - _ENTRY_NAMES else _verbatim(item)
    return part.name, f"{lane}\t".encode() + sk.encode("unicode_escape"), line


def _verbatim(item: dict[str, Any]) -> bytes:
    data, digest = item.get("b", {}).get("B", b""), item.get("h", {}).get("B", b"")
    shown: dict[str, Any] = {"pk": item["pk"]["S"], "sk": item["sk"]["S"]}
    shown |= {"b": bytes(data).hex(), "h": bytes(digest).hex()}
    more = sorted(item.keys() - _ENTRY_NAMES)
    return b"!" + json.dumps({**shown, "more": more} if more else shown).encode()


def line_rows(lines: Iterable[Line]) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield part, sort key and text of each witness line."""
    for line in lines:
        text = line.text.strip("\n").encode(errors="replace")
        parsed = parse_line(text, line.ingested)
        part = part_of(parsed.lane) if parsed else None
        if parsed is None or part is None:
            yield OTHER, b"", text.replace(b"\n", b" ")
        else:
            key = f"{parsed.lane}\t{parsed.seq:010d}\t{line.ingested:013d}".encode()
            yield part.name, key, b"%d %b" % (line.ingested, text)


def encode_value(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value of DynamoDB as JSON can hold it: bytes in base64."""
    ((kind, content),) = value.items()
    if kind == "B":
        return {"B": base64.b64encode(bytes(content)).decode()}
    if kind == "BS":
        return {"BS": [base64.b64encode(bytes(one)).decode() for one in content]}
    if kind == "M":
        return {"M": {name: encode_value(one) for name, one in content.items()}}
    if kind == "L":
        return {"L": [encode_value(one) for one in content]}
    return value


def decode_value(value: dict[str, Any]) -> dict[str, Any]:
    """Return the value of DynamoDB that ``encode_value`` made JSON of."""
    ((kind, content),) = value.items()
    if kind == "B":
        return {"B": base64.b64decode(content)}
    if kind == "BS":
        return {"BS": [base64.b64decode(one) for one in content]}
    if kind == "M":
        return {"M": {name: decode_value(one) for name, one in content.items()}}
    if kind == "L":
        return {"L": [decode_value(one) for one in content]}
    return value
