"""Text that looks like a key and is none: what was encrypted for somebody, and what is public.

Sources: AWS KMS Developer Guide (a ciphertext blob begins with its version, the length and form of the key's name);
Google Cloud KMS (a message whose first field has 36 bytes); HashiCorp Vault, "Transit secrets engine"; SOPS and age,
their file formats; RFC 7468, RFC 9580 (armour); RFC 7517, RFC 7518 (JSON Web Keys); Nix manual, trusted-public-keys.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["is_published", "is_sealed", "spans_of_sealed", "within_armour"]

_BASE64 = r"[A-Za-z0-9+/_-]"
_PUBLIC = (
    r"(?:[A-Z0-9]+ )?PUBLIC KEY|(?:[A-Z0-9]+ )*CERTIFICATE(?: REQUEST)?|PGP MESSAGE|PGP PUBLIC KEY BLOCK|PGP SIGNATURE"
    r"|AGE ENCRYPTED FILE|(?:[A-Z0-9.]+ )?(?:DH|DSA|EC) PARAMETERS|X509 CRL|CMS|PKCS7"
)
_BEGIN, _END = re.compile(rf"-----BEGIN (?:{_PUBLIC})-----"), re.compile(r"-----END [A-Z0-9. ]+-----")
_SEALED = compile_late(
    rf"(?<!{_BASE64})(?:AQ[EI]CAH[g-j]|CiQA){_BASE64}{{40,}}={{0,2}}"  # AWS KMS, Google Cloud KMS
    rf"|\bvault:v\d{{1,9}}:{_BASE64}+={{0,2}}"
    r"|\bENC\[[A-Z0-9_]{3,32},[^\]]{1,20000}\]"  # SOPS
    rf"|-----BEGIN (?P<armour>{_PUBLIC})-----[^-]{{1,100000}}-----END (?P=armour)-----"
)
_VERIFIER = re.compile(
    r"\$(?:1|2[abxy]?|5|6|7|y|gy|apr1|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*)\$[^\s\"']{16,}"
    r"|SCRAM-SHA-(?:1|256|512)\$\d{1,9}:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/=]{20,}"
    r"|\bENC\([A-Za-z0-9+/=]{16,}\)|\{[A-Za-z0-9+/]{14,}={0,2}\}"
)
"""What a password is checked against, by the names of crypt(5), PostgreSQL and LDAP; what Jasypt and Maven encrypt."""
_TOKEN_OF_THE_WEB = compile_late(r"eyJ[A-Za-z0-9_-]+\.(eyJ[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+")
_PUBLIC_CLAIM = compile_late(r'"role"\s*:\s*"anon"|"sub"\s*:\s*"1234567890",\s*"name"\s*:\s*"John Doe"')
"""The role that Supabase gives to every browser (Supabase documentation, "API keys"); the example on jwt.io."""
_PUBLISHED = compile_late(r"pk\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+|pub[0-9a-f]{32}|phc_[A-Za-z0-9]{32,}")
"""Tokens that their services give to browsers (documentation of Mapbox, Datadog and PostHog on public tokens)."""
_MARKS = ("AQ", "CiQA", "vault:v", "ENC[", "-----BEGIN ")
_WEB_KEY = compile_late(r"\\?[\"'](?:n|x|y|kid|x5[cut](?:#S256)?)\\?[\"']\s*:\s*\[?\s*\\?[\"'][A-Za-z0-9+/_=-]+")
"""What a JSON Web Key says to everyone; the members of its private half have other names."""
_CHECKING = re.compile(r"(?<=-\d:)[A-Za-z0-9+/]{43}=(?![\w+/=])")
"""A key of Nix that checks signatures; one that signs is twice as long."""


def is_sealed(text: str) -> bool:
    """Return whether all of a text is encrypted or public."""
    plain = text.strip()
    return any(form.fullmatch(plain) is not None for form in (_SEALED, _VERIFIER)) or is_published(plain)


def is_published(text: str) -> bool:
    """Return whether all of a text is a token that everyone may know: its form, or what it says of itself, tells."""
    if _PUBLISHED.fullmatch(text) is not None:
        return True
    token = _TOKEN_OF_THE_WEB.fullmatch(text)
    if token is None:
        return False
    claims = base64.urlsafe_b64decode(token[1] + "=" * (-len(token[1]) % 4))
    return _PUBLIC_CLAIM.search(claims.decode("utf-8", "replace")) is not None


def spans_of_sealed(text: str) -> list[range]:
    """Return where a text holds what is encrypted or public."""
    patterns = [_SEALED] if any(mark in text for mark in _MARKS) else []
    told = (("kty", _WEB_KEY), ("=", _CHECKING), ("$", _VERIFIER), ("{", _VERIFIER), ("ENC(", _VERIFIER))
    patterns += dict.fromkeys(pattern for mark, pattern in told if mark in text)
    return [range(*match.span()) for pattern in patterns for match in pattern.finditer(text)]


def within_armour(texts: Iterable[str]) -> Iterator[bool]:
    """Yield of each text whether it lies between lines that say something is public: scripts are read line by line."""
    inside = False
    for text in texts:
        yield inside
        begun, ended = _BEGIN.search(text), _END.search(text)
        inside = begun is not None or (inside and ended is None)
        if begun is not None and ended is not None and ended.start() > begun.start():
            inside = False
