"""Text that nobody made up by hand: keys under names that do not give them away."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from tapeproof.gate.late_pattern import compile_late
from tapeproof.gate.secrets.formats import Clue, Found
from tapeproof.gate.secrets.names import is_digest_name
from tapeproof.gate.secrets.sealed import spans_of_sealed
from tapeproof.gate.secrets.wrapped import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["looks_random", "may_be_hex_key", "random_tokens"]

_TOKEN = re.compile(r"(?:(?<![\w+/=.~-])|(?<=\w=))[A-Za-z0-9+/_~-]{20,}={0,2}(?![\w+/=-])")
_ASSIGNED_TO = compile_late(r"([\w-]{1,80})\\?[\"']?[ \t]{0,4}[=:][ \t]{0,4}\\?[\"']?$")
_SHORTEST = 20
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"(?:0x)?[0-9a-f]+", re.IGNORECASE)
_PUBLIC = re.compile(
    r"(?:AAAA[BCE]|MII|LS0tLS1|eyJ|sha\d+[-/]|[a-z]+-[0-9a-f]{8,17}$|Z[0-9A-Z]{12,}$|[A-Z0-9]{12,32}$|[rcopv]+-\w+$"
    r"|MIG[fJ]|MFkw|MHYw|MCow|pk_(?:live|test)_|phc_|mQ[EI]N|mDME|mQGi|Qm[1-9A-HJ-NP-Za-km-z]{44}$"
    r"|H4sI|UEsDB|iVBORw0KGgo|R0lGOD|/9j/|JVBERi0|AGFzbQ|d09GM|d09GR|AAEAAAA|AAABAA|UklGR|/Td6W|QlpoOT|N3q8r|SUQz|T2dnUw)"
)
"""Public keys, certificates, checksums, JSON in Base64, ids that AWS gives out; archives, pictures,
fonts and sounds in Base64, by the bytes that they begin with."""
_SUM = re.compile(r"(?:\bh1|\bsha-?\d{1,3}|\bmd5):$", re.IGNORECASE)
"""What stands before a checksum or a fingerprint (Go Modules Reference, "go.sum"; ssh-keygen(1), ``-l``)."""
_IN_AN_ARN = re.compile(r"\barn:[\w-]*:[\w-]+:[^\s\"',;]*$")
"""Which thing is meant, and none of its contents."""
_LONGEST_ARN = 400
_JOINED = compile_late(r"[0-9a-f]{32}|[0-9A-F]{8}$|[A-Z][a-z]{2,}|[a-z]{3,}|[A-Z]{4,}|\d{4}-\d\d-\d\d(?:T[\d-]+Z?)?")
"""Words, times, and the digests that tools put into names that they make up."""
_LONGEST_NAME = 96
_EXAMPLE = ("EXAMPLE", "EXAMPLEKEY")
"""The ends of ids and keys in AWS's own pages."""
_LEAST_BITS = 3.6
_LEAST_CHANGES = 0.28
_FEWEST_DIGITS = 2
_MOST_WORDS = 0.65
_LONGEST = 512
_KEY_LENGTHS = frozenset({32, 48, 64, 96, 128})
_HEX_BITS = 3.2


def random_tokens(text: str) -> Iterator[Found]:
    """Yield the words of a text that look random."""
    sealed = spans_of_sealed(text)
    for match in _TOKEN.finditer(text) if len(text) >= _SHORTEST else ():
        if not looks_random(match[0]) or any(match.start() in span for span in sealed) or unwrap(match[0]):
            continue
        before = text[max(match.start() - _LONGEST_ARN, 0) : match.start()]
        if _SUM.search(before) or _IN_AN_ARN.search(before):
            continue
        named = _ASSIGNED_TO.search(text, max(match.start() - _LONGEST_NAME, 0), match.start())
        if named is None or not is_digest_name(named[1]):
            yield Found("a key that looks random", match.start(), len(match[0]), Clue.RANDOMNESS)


def looks_random(token: str) -> bool:
    """Return whether a word is most likely a generated key: three kinds of characters that change all the time.

    Digests, UUIDs, ids of AWS, certificates and words that people join are not taken for one.
    """
    if (
        len(token) > _LONGEST
        or token.endswith(_EXAMPLE)
        or _UUID.fullmatch(token)
        or _HEX.fullmatch(token)
        or _PUBLIC.match(token)
    ):
        return False
    kinds = [_kind(character) for character in token]
    if not {"upper", "lower", "digit"} <= set(kinds) or kinds.count("digit") < _FEWEST_DIGITS:
        return False
    changes = sum(one != other for one, other in pairwise(kinds)) / len(token)
    return changes >= _LEAST_CHANGES and _bits(token) >= _LEAST_BITS and not _is_joined(token)


def may_be_hex_key(text: str) -> bool:
    """Return whether a text is as long as a key in hexadecimal digits, and as mixed: it may be a digest as well.

    Forty digits are not taken for one: they are nearly always a commit.
    """
    plain = text.strip()
    mixed = any(map(str.isdigit, plain)) and any(map(str.isalpha, plain))
    return (
        len(plain) in _KEY_LENGTHS and mixed and _HEX.fullmatch(plain) is not None and _bits(plain.lower()) >= _HEX_BITS
    )


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    return "upper" if character.isupper() else "lower" if character.islower() else "sign"


def _is_joined(token: str) -> bool:
    """Return whether most of it is words, with separators or in camel case."""
    words = _JOINED.findall(token)
    if not any(map(str.isalpha, words)):
        return False
    return sum(map(len, words)) > _MOST_WORDS * len(token)


def _bits(token: str) -> float:
    """Return the Shannon entropy of a word's characters, in bits per character."""
    counts = Counter(token).values()
    return -sum(count / len(token) * math.log2(count / len(token)) for count in counts)
