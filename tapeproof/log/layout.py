"""The layout of an entry as one pattern: a match is proof that the bytes are the canonical form of what they say.

An entry has few members and a fixed order, so canonical bytes without escapes are a regular language. What the pattern
takes needs no parser; what it does not take (a lane's first entry, escapes, letters beyond ASCII) goes through
``entry.parse``, which is slower and has the last word.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tapeproof.log.canonical import canonical
from tapeproof.log.entry import parse
from tapeproof.log.errors import NotCanonicalError

if TYPE_CHECKING:
    from re import Match

__all__ = ["AFTER_LINK", "PLAIN", "read_decisions"]

_INNER = rb'[^"\\\x00-\x1f\x80-\xff]*'
_TEXT = rb'"' + _INNER + rb'"'
_HASH = rb"[0-9a-f]{64}"
_OPENING = rb'","_seq":(?:0|[1-9][0-9]{0,9}),"act":'
_ACT = rb'"(?P<act>(?!BATCH")' + _INNER + rb')",'
_TOLD = (
    rb'"evt":"(?P<evt>' + _INNER + rb')","fn":"(?P<fn>' + _INNER + rb')","key":"(?P<key>' + _INNER + rb')",'
)  # fmt: skip
_OBS = rb'"obs":(?P<obs>\{[^\n]*?\}),'
_HASHED = rb'"pay":"(?P<pay>' + _HASH + rb')",(?:"rec":"(?P<rec>' + _HASH + rb')",)?'
_FROM = rb'"src":' + _TEXT + rb',"sseq":(?:null|' + _TEXT + rb")"
_REQ = rb'"req":' + _TEXT + rb","
_CLOSING = rb'"ts":"[0-9]{19}","v":1\}'
_ITEM = (
    rb'\{"act":"(' + _INNER + rb')","evt":"(' + _INNER + rb')","key":"(' + _INNER + rb')",'
    rb'"pay":"(' + _HASH + rb')"(?:,"rec":"(' + _HASH + rb')")?,' + _FROM + rb"\}"
)  # fmt: skip
_UNNAMED = _ITEM.replace(b"(" + _INNER + b")", _INNER).replace(b"(" + _HASH + b")", _HASH)
_LISTED = (
    rb'"BATCH","fn":"(?P<fn>' + _INNER + rb')","items":\[(?P<items>' + _UNNAMED + rb"(?:," + _UNNAMED + rb")*)\],"
    rb'"n":(?P<n>[1-9][0-9]{0,5}),"pay":"(?P<pay>' + _HASH + rb')",'
)  # fmt: skip
PLAIN = re.compile(_OPENING + _ACT + _TOLD + _HASHED + _REQ + _FROM + b"," + _CLOSING)
"""An entry of one decision without observations, from the quotation mark that ends ``_prev`` on."""
_OBSERVED = re.compile(_OPENING + _ACT + _TOLD + _OBS + _HASHED + _REQ + _FROM + b"," + _CLOSING)
_BATCH = re.compile(_OPENING + _LISTED + _REQ + _CLOSING)
_ITEMS = re.compile(_ITEM)
AFTER_LINK = len('{"_lane":"","_prev":"') + 64
"""Where that mark is, beside the lane's own length."""


def read_decisions(data: bytes, lane: bytes, match: Match[bytes] | None) -> list[dict[str, Any]]:
    """Return the decisions of an entry whose lane, link and sequence are known to be right, held to the whole form.

    Args:
        data: The entry.
        lane: Its lane.
        match: What ``PLAIN.fullmatch(data, AFTER_LINK + len(lane))`` returned.

    Raises:
        MalformedEntryError: The bytes are not the canonical form of an entry.
    """
    at, function = AFTER_LINK + len(lane), lane[11:-33]
    found = [_decision(match)] if match and match["fn"] == function else None
    found = found or _read_observed(data, at, function) or _read_batch(data, at, function)
    return parse(data).decisions if found is None else found


def _decision(match: Match[bytes]) -> dict[str, Any]:
    act, evt, _, key, *_, pay, rec = match.groups()
    one = {"act": act.decode(), "evt": evt.decode(), "key": key.decode(), "pay": pay.decode()}
    return {**one, "rec": rec.decode()} if rec else one


def _read_observed(data: bytes, at: int, function: bytes) -> list[dict[str, Any]] | None:
    """Return the one decision of an entry with observations, or None when only the parser can tell."""
    match = _OBSERVED.fullmatch(data, at)
    if match is None or match["fn"] != function:
        return None
    try:
        obs = json.loads(match["obs"])
        return [{**_decision(match), "obs": obs}] if canonical(obs) == match["obs"] else None
    except (NotCanonicalError, RecursionError, ValueError):
        return None


def _read_batch(data: bytes, at: int, function: bytes) -> list[dict[str, Any]] | None:
    """Return the decisions of a batch without observations, or None when only the parser can tell."""
    match = _BATCH.fullmatch(data, at)
    if match is None or match["fn"] != function:
        return None
    decisions = []
    for act, evt, key, pay, rec in _ITEMS.findall(match["items"]):
        one = {"act": act.decode(), "evt": evt.decode(), "key": key.decode(), "pay": pay.decode()}
        decisions.append({**one, "rec": rec.decode()} if rec else one)
    return decisions if len(decisions) == int(match["n"]) else None
