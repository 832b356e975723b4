"""YAML that people write, read with the line that each value stands on, so that a mistake is told by file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.evidence.controls.errors import HandwrittenError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import yaml

__all__ = ["Marked", "read_marked"]

MAX_BYTES = 1 << 20
FIX = "correct that line"


class Marked(NamedTuple):
    """A value: text, a list or a mapping of marked values, and where it stands.

    Attributes:
        value: The value; every scalar is the text as it is written.
        path: The file.
        line: Counted from 1.
    """

    value: Any
    path: str
    line: int

    def refuse(self, why: str) -> HandwrittenError:
        """Return the error that says what is wrong here."""
        return HandwrittenError(f"{self.path}:{self.line}: {why}", fix=FIX)

    def text(self, name: str) -> str:
        """Return a member as text that is not blank."""
        found = self.members().get(name)
        if found is None:
            raise self.refuse(f"{name!r} is missing")
        if not isinstance(found.value, str) or not found.value.strip() or not found.value.isprintable():
            raise found.refuse(f"{name!r} is expected to be one line of text")
        return found.value

    def members(self) -> dict[str, Marked]:
        """Return what a mapping holds."""
        if not isinstance(self.value, dict):
            raise self.refuse("names with values are expected")
        return self.value

    def elements(self, name: str) -> list[Marked]:
        """Return the elements of a member that is a list; none where it is left out."""
        found = self.members().get(name)
        if found is None:
            return []
        if not isinstance(found.value, list):
            raise found.refuse(f"{name!r} is expected to be a list")
        return found.value

    def only(self, *names: str) -> Marked:
        """Return this mapping, refusing a member that is not known: a misspelt one would be left unread."""
        for name, found in self.members().items():
            if name not in names:
                raise found.refuse(f"{name!r} is not one of {', '.join(names)}")
        return self


def read_marked(path: Path) -> Marked:
    """Read a file.

    Raises:
        HandwrittenError: It cannot be read, is no YAML, is too large, or repeats values by aliases.
    """
    import yaml  # noqa: PLC0415 - only what people wrote needs it

    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise HandwrittenError(f"{path} is larger than {MAX_BYTES} bytes", fix="split it into several files")
        _refuse_aliases(path, yaml.parse(data, Loader=yaml.SafeLoader))
        node = yaml.compose(data, Loader=yaml.SafeLoader)
    except (OSError, ValueError, RecursionError) as error:
        raise HandwrittenError(f"{path} cannot be read", why=str(error), fix="name a file of YAML") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        why = getattr(error, "problem", None) or str(error)
        raise HandwrittenError(f"{where}: this is no YAML", why=why, fix=FIX) from error
    if node is None:
        raise HandwrittenError(f"{path} is empty", fix="write what it is to hold, or leave it out")
    return _mark(node, str(path))


def _refuse_aliases(path: Path, events: Iterator[yaml.Event]) -> None:
    """Refuse aliases, which make a file as large as it likes."""
    import yaml  # noqa: PLC0415 - only what people wrote needs it

    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise HandwrittenError(f"{path}:{_line_of(event)}: an alias is not read here", fix=FIX)


def _mark(node: yaml.Node, path: str) -> Marked:
    import yaml  # noqa: PLC0415 - only what people wrote needs it

    line = _line_of(node)
    if isinstance(node, yaml.ScalarNode):
        return Marked(str(node.value), path, line)
    if isinstance(node, yaml.SequenceNode):
        return Marked([_mark(one, path) for one in node.value], path, line)
    found: dict[str, Marked] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise Marked(None, path, _line_of(name)).refuse("a name is expected to be text")
        if name.value in found:
            raise Marked(None, path, _line_of(name)).refuse(f"{name.value!r} stands here twice")
        found[str(name.value)] = _mark(value, path)._replace(line=_line_of(name))
    return Marked(found, path, line)


def _line_of(marked: yaml.Node | yaml.Event) -> int:
    return marked.start_mark.line + 1 if marked.start_mark else 1
