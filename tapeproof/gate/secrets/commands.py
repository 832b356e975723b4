"""Passwords that commands take without a name: by a short option, by their place, or from a pipe.

Sources: the manual of each command; gitleaks, its rules on curl.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.secrets.formats import Clue, Found
from tapeproof.gate.secrets.names import is_placeholder, is_secret_name, tells_where

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["COMMANDS", "find_commanded"]

_REST = r"\b[^\n|;&]{0,400}?\s"
_VALUE = r"(?P<value>[^\s\"'|&;<>$%`(){}*/-][^\s\"'|&;<>`]{2,})"
_QUOTED = rf"[\"']?{_VALUE}"
_ECHOED = r"\becho\s+(?:-\w+\s+)?[\"']?"
_PIPED = r"[\"']?\s*\|\s*(?:sudo\s+)?"
_COMMANDS = (
    ("mysql", rf"\bmysql(?:dump|admin|import)?{_REST}-p{_QUOTED}"),
    ("mariadb", rf"\bmariadb(?:-dump|-admin)?{_REST}-p{_QUOTED}"),
    ("curl", rf"\bcurl{_REST}(?:-u\s*|--(?:proxy-)?user[ =])[\"']?[^\s:\"'$]+:{_VALUE}"),
    ("sshpass", rf"\bsshpass\s+-p\s*{_QUOTED}"),
    (" login", rf"\b(?:docker|podman|nerdctl|buildah|skopeo|az|helm\s+registry)\s+login{_REST}-p\s+{_QUOTED}"),
    ("redis-cli", rf"\bredis-cli{_REST}-a\s+{_QUOTED}"),
    ("chpasswd", rf"{_ECHOED}[\w.-]+:{_VALUE}{_PIPED}chpasswd"),
    ("passwd --stdin", rf"{_ECHOED}{_VALUE}{_PIPED}passwd --stdin"),
    ("--password-stdin", rf"{_ECHOED}{_VALUE}{_PIPED}[^\n|;&]*--password-stdin"),
    ("net user", rf"\bnet user\s+[^\s/]+\s+{_QUOTED}"),
    ("-AsPlainText", rf"\bConvertTo-SecureString\s+(?:-(?:String|AsPlainText)\s+)*{_QUOTED}"),
    (
        "htpasswd",
        (
            r"\bhtpasswd\s+(?:-\w{1,10}\s+){0,5}?-\w{0,8}b\w{0,8}\s+(?:-\w{1,10}\s+){0,5}(?:\S{1,200}\s+)?[^\s-]\S{0,200}\s+"
            rf"{_QUOTED}(?=\s|$)"
        ),
    ),
    ("ldap", rf"\bldap(?:search|add|modify|delete|passwd|whoami){_REST}-w\s+{_QUOTED}"),
    ("mongo", rf"\bmongo(?:sh|dump|restore|import|export)?{_REST}-p\s+{_QUOTED}"),
    ("sqlcmd", rf"\bsqlcmd{_REST}-P\s*{_QUOTED}"),
    ("zip ", rf"\b(?:un)?zip{_REST}-P\s*{_QUOTED}"),
    ("smbclient", rf"\bsmbclient{_REST}-U\s*[\"']?[^\s%]+%{_VALUE}"),
    ("put-parameter", rf"\bput-parameter(?=[^\n|;&]*\sSecureString\b){_REST}--value[ =]{_QUOTED}"),
    ("keyvault secret", rf"\bkeyvault\s+secret\s+set{_REST}--value[ =]{_QUOTED}"),
    ("secret set", rf"\b(?:gh|glab)\s+secret\s+set{_REST}(?:--body|-b)[ =]{_QUOTED}"),
    ("setx", rf"\bsetx\s+(?P<name>\w+)\s+{_QUOTED}"),
)
"""What a text with the command contains, and where in it the password stands."""
COMMANDS = tuple(mark for mark, _ in _COMMANDS)
"""What a text holds of which a command may give a password away."""
_SHORTEST = len("zip -Pabc a")


def find_commanded(text: str) -> Iterator[Found]:
    """Yield the passwords that stand in commands; not what a shell puts in, nor placeholders."""
    if len(text) < _SHORTEST or " " not in text:
        return
    for mark, pattern in _COMMANDS:
        if mark in text:  # told so far faster than by the pattern
            for match in _compile(pattern).finditer(text):
                name, value = match.groupdict().get("name"), match["value"]
                named = name is None or is_secret_name(name)
                if named and not tells_where(value) and not is_placeholder(value):
                    yield Found(f"a password for {mark.strip()}", match.start("value"), len(value), Clue.NAME)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
