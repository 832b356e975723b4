"""YAML files, compiled to JSON where they were read before, which spares the time to import PyYAML."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.own_files import find_yaml_fault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tapeproof.gate.engine.store import Store

__all__ = ["DocumentError", "Documents"]

_KIND = "documents"


class DocumentError(Exception):
    """A file that cannot be read as YAML; the message says why."""


class Documents:
    """Reads YAML files.

    Args:
        store: Where they are kept compiled, by their bytes; None keeps nothing.
        code: Identifies the code that compiles them.
    """

    def __init__(self, store: Store | None = None, code: str = "") -> None:
        self.store = store
        self.code = code
        self._together: dict[str, str] = {}

    def prepare(self, paths: Iterable[Path]) -> None:
        """Compile some files that are about to be read, and keep them in one entry; a catalogue has dozens.

        Args:
            paths: The files; what cannot be read, or is no YAML, is left to ``load``.
        """
        if self.store is None:
            return
        contents = {_digest(content): content for path in paths if (content := _content(path)) is not None}
        name = f"{self.code} {' '.join(contents)}"
        body = self.store.get(_KIND, name)
        if body is not None:
            self._together |= json.loads(body)
            return
        for digest, content in contents.items():
            with suppress(DocumentError):
                compiled = _compile_json(_parse_yaml(content))
                if compiled is not None:
                    self._together[digest] = compiled.decode()
        self.store.put(_KIND, name, json.dumps(self._together).encode())

    def load(self, path: Path) -> Any:  # noqa: ANN401 - YAML of any shape
        """Return what a file holds.

        Raises:
            DocumentError: It cannot be read, or is no YAML.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DocumentError(str(error)) from error
        return self.parse(content)

    def parse(self, content: bytes) -> Any:  # noqa: ANN401 - as above
        """Return what the bytes of a file hold.

        Raises:
            DocumentError: They are no YAML.
        """
        if self.store is None:
            return _parse_yaml(content)
        digest = _digest(content)
        if digest in self._together:
            return json.loads(self._together[digest])
        name = f"{self.code} {digest}"
        body = self.store.get(_KIND, name)
        if body is not None:
            return json.loads(body)
        data = _parse_yaml(content)
        compiled = _compile_json(data)
        if compiled is not None:
            self.store.put(_KIND, name, compiled)
        return data


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _parse_yaml(content: bytes) -> Any:  # noqa: ANN401 - as above
    import yaml  # noqa: PLC0415 - as the module says

    try:
        fault = find_yaml_fault(content)
        if fault:
            raise DocumentError(fault)
        return yaml.load(content.decode(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise DocumentError(str(error)) from error


def _compile_json(data: Any) -> bytes | None:  # noqa: ANN401 - as above
    """Return data as JSON; None where JSON would make something else of it (a date, a key that is a number)."""
    try:
        body = json.dumps(data).encode()
    except (TypeError, ValueError, RecursionError):
        return None
    return body if repr(json.loads(body)) == repr(data) else None
