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

__all__ = ["AFTER_LINK", "PLACES", "PLAIN", "is_printable", "is_unescaped", "read_decisions"]

_INNER = rb'[^"\\\x00-\x1f\x80-\xff]*'
_TEXT = rb'"' + _INNER + rb'"'
_HASH = rb"[0-9a-f]{64}"
_OPENING = rb'","_seq":(?:0|[1-9][0-9]{0,9}),"act":'
_ACT = rb'"(?P<act>(?!BATCH")' + _INNER + rb')",'
_TOLD = (
    rb'"evt":"(?P<evt>' + _INNER + rb')","fn":"(?P<fn>' + _INNER + rb')","key":"(?P<key>' + _INNER + rb')",'
)  # fmt: skip
_ACCOUNT = rb'"obs":\{"account":"([0-9]{12})"\},'
"""All that most decisions have for observations: who put the event on the bus."""
_OBS = rb'"obs":(?P<obs>\{[^\n]*?\}),'
_HASHED = rb'"pay":"(?P<pay>' + _HASH + rb')",(?:"rec":"(?P<rec>' + _HASH + rb')",)?'
_FROM = rb'"src":' + _TEXT + rb',"sseq":(?:null|' + _TEXT + rb")"
_REQ = rb'"req":' + _TEXT + rb","
_CLOSING = rb'"ts":"(?P<ts>[0-9]{19})","v":1\}'
_ITEM = (
    rb'\{"act":"(' + _INNER + rb')","evt":"(' + _INNER + rb')","key":"(' + _INNER + rb')",'
    rb"(?:" + _ACCOUNT + rb')?"pay":"(' + _HASH + rb')"(?:,"rec":"(' + _HASH + rb')")?,' + _FROM + rb"\}"
)  # fmt: skip
_UNNAMED = (
    _ITEM.replace(b"(" + _INNER + b")", _INNER)
    .replace(b"(" + _HASH + b")", _HASH)
    .replace(b"([0-9]{12})", b"[0-9]{12}")
)
_LISTED = (
    rb'"BATCH","fn":"(?P<fn>' + _INNER + rb')","items":\[(?P<items>' + _UNNAMED + rb"(?:," + _UNNAMED + rb")*)\],"
    rb'"n":(?P<n>[1-9][0-9]{0,5}),"pay":"(?P<pay>' + _HASH + rb')",'
)  # fmt: skip
_PLAIN = (
    _OPENING
    + _ACT
    + _TOLD
    + rb"(?:"
    + _ACCOUNT.replace(b"(", b"(?P<account>")
    + rb")?"
    + _HASHED
    + _REQ
    + _FROM
    + b","
    + _CLOSING
)
PLAIN = re.compile(_PLAIN)
"""An entry of one decision that observes nothing but the account, from the quotation mark that ends ``_prev`` on."""
PLACES = {name: PLAIN.groupindex[name] for name in ("act", "fn", "pay", "rec", "ts")}
"""Groups of a match by number, which costs less than by name."""
_OBSERVED = re.compile(_OPENING + _ACT + _TOLD + _OBS + _HASHED + _REQ + _FROM + b"," + _CLOSING)
_BATCH = re.compile(_OPENING + _LISTED + _REQ + _CLOSING)
_ITEMS = re.compile(_ITEM)
_CONTROLS = [bytes([code]) for code in range(32) if code != ord("\n")]
AFTER_LINK = len('{"_lane":"","_prev":"') + 64
"""Where that mark is, beside the lane's own length."""


def is_unescaped(text: bytes) -> bool:
    """Return whether lines of JSON hold only what stands for itself in a string: ASCII, no escapes, no controls.

    One look at many lines costs a tenth of what it costs to look at each letter of each.
    """
    return b"\\" not in text and is_printable(text)


def is_printable(text: bytes) -> bool:
    """Return whether lines have only ASCII, and no controls but their ends."""
    return text.isascii() and not any(map(text.__contains__, _CONTROLS))


def read_decisions(data: bytes, lane: bytes) -> list[dict[str, Any]]:
    """Return the decisions of an entry whose lane, link and sequence are known to be right, held to the whole form.

    Args:
        data: The entry.
        lane: Its lane.

    Raises:
        MalformedEntryError: The bytes are not the canonical form of an entry.
    """
    at, function = AFTER_LINK + len(lane), lane[11:-33]
    match = PLAIN.fullmatch(data, at)
    found = [_decision(match)] if match and match["fn"] == function else None
    found = found or _read_observed(data, at, function) or _read_batch(data, at, function)
    return parse(data).decisions if found is None else found


def _decision(match: Match[bytes]) -> dict[str, Any]:
    act, evt, key, pay, rec = match.group("act", "evt", "key", "pay", "rec")
    account = match.groupdict().get("account")
    return _told(act, evt, key, pay, rec, account)


def _told(  # noqa: PLR0917 - as they stand in the entry
    act: bytes, evt: bytes, key: bytes, pay: bytes, rec: bytes | None, account: bytes | None
) -> dict[str, Any]:
    one: dict[str, Any] = {"act": act.decode(), "evt": evt.decode(), "key": key.decode(), "pay": pay.decode()}
    if account:
        one["obs"] = {"account": account.decode()}
    if rec:
        one["rec"] = rec.decode()
    return one


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
    """Return the decisions of a batch that observe nothing but accounts, or None when only the parser can tell."""
    match = _BATCH.fullmatch(data, at)
    if match is None or match["fn"] != function:
        return None
    decisions = []
    for act, evt, key, account, pay, rec in _ITEMS.findall(match["items"]):
        decisions.append(_told(act, evt, key, pay, rec, account))
    return decisions if len(decisions) == int(match["n"]) else None
