"""Takes secrets out of evidence before it is written, and keeps a log of what was taken out and where.

Three nets: names that say "secret", shapes that secrets have, and the very values that this process was given in its
environment. What is replaced is gone: no hash of it is kept, because a short secret can be guessed from its hash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.redaction.assignments import PLACEHOLDER, redact_assignments
from tapeproof.evidence.redaction.names import SECRET_NAME, is_secret_name
from tapeproof.evidence.redaction.shapes import KINDS, SECRET_SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Redaction", "Redactor", "secrets_of"]

NAMES_REMEMBERED: Final = 10_000
"""Names of members that were found clean and are not looked at again; there are few, in very many objects."""
TAKEN: Final = PLACEHOLDER.split(":", maxsplit=1)[0]
"""How everything begins that was put in place of a secret."""
SHORTEST_SECRET: Final = 8
"""Values of the environment shorter than this are too likely to be words."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """One thing that was taken out.

    Attributes:
        path: The raw file, relative to its item.
        where: JSON pointer, or line.
        kind: What it was, in words.
    """

    path: str
    where: str
    kind: str


def secrets_of(environment: Mapping[str, str], extra: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the values of an environment whose names say that they are secret, longest first.

    Args:
        environment: Such as ``os.environ``.
        extra: Further values that must not appear, such as the credentials in use.
    """
    named = {value for name, value in environment.items() if _is_secret(name) and _looks_secret(value)}
    return tuple(sorted(named | {value for value in extra if len(value) >= SHORTEST_SECRET}, key=len, reverse=True))


def _is_secret(name: str) -> bool:
    return bool(SECRET_NAME.search(name)) or is_secret_name(name)


def _looks_secret(value: str) -> bool:
    return len(value) >= SHORTEST_SECRET and not value.startswith(("/", "~"))


class Redactor:
    """Takes secrets out of JSON values and text.

    Args:
        values: Strings that must not appear anywhere.
    """

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._clean_names: set[str] = set()
        kept = [re.escape(value) for value in values]
        self._values = re.compile("|".join(kept)) if kept else None

    def text(self, text: str, path: str, log: list[Redaction]) -> str:
        """Return a text without secrets; the log gets the line of each."""
        found: list[tuple[int, str]] = []
        clean = self._replace(text, found)
        log.extend(Redaction(path, f"line {text.count(chr(10), 0, at) + 1}", kind) for at, kind in found)
        return clean

    def json(self, value: Any, path: str, log: list[Redaction], where: str = "") -> Any:  # noqa: ANN401 - any JSON
        """Return a JSON value without secrets; the log gets the pointer of each."""
        if isinstance(value, str):
            found: list[tuple[int, str]] = []
            clean = self._replace(value, found)
            log.extend(Redaction(path, where, kind) for _, kind in found)
            return clean
        if isinstance(value, dict):
            return self._object(value, path, log, where)
        if isinstance(value, list):
            return [self.json(one, path, log, f"{where}/{number}") for number, one in enumerate(value)]
        return value

    def _object(self, value: dict[str, Any], path: str, log: list[Redaction], where: str) -> dict[str, Any]:
        clean: dict[str, Any] = {}
        for key, one in value.items():
            name = key if key in self._clean_names else self._name(key, value.keys() | clean.keys(), path, log, where)
            clean[name] = self._member(key, one, path, log, f"{where}/{name}")
        return clean

    def _name(self, key: str, taken: set[str], path: str, log: list[Redaction], where: str) -> str:
        """Return a member's name without secrets, different from the others' so that none is lost."""
        found: list[tuple[int, str]] = []
        clean = self._replace(key, found)
        if not found:
            if len(self._clean_names) < NAMES_REMEMBERED:
                self._clean_names.add(key)
            return key
        log.extend(Redaction(path, where, f"{kind} in a name") for _, kind in found)
        return next(name for number in count(1) if (name := f"{clean} {number}") not in taken)

    def _member(self, key: str, value: Any, path: str, log: list[Redaction], where: str) -> Any:  # noqa: ANN401
        if isinstance(value, str) and len(value) > 1 and _is_secret(key) and not value.startswith(TAKEN):
            return self._log_redaction("named as a secret", where, path, log)
        return self.json(value, path, log, where)

    @staticmethod
    def _log_redaction(kind: str, where: str, path: str, log: list[Redaction]) -> str:
        log.append(Redaction(path, where, kind))
        return f"[REDACTED: {kind}]"

    def _replace(self, text: str, found: list[tuple[int, str]]) -> str:
        def replace_shape(match: re.Match[str]) -> str:
            kind = KINDS[match.lastgroup or "assigned"]
            found.append((match.start(), kind))
            return f"[REDACTED: {kind}]" + "\n" * match.group().count("\n")

        def replace_value(match: re.Match[str]) -> str:
            found.append((match.start(), "value from the environment"))
            return "[REDACTED: value from the environment]"

        text = self._values.sub(replace_value, text) if self._values else text
        text = SECRET_SHAPES.sub(replace_shape, text)
        return redact_assignments(text, lambda at, kind: found.append((at, kind)))
