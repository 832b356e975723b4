"""What somebody answers for, as it is written: waivers, approved access and accepted risks are records of one form.

A record is a mapping of names to text, or to lists of text, below one key of a YAML file. Everything is text as it
stands there: a date is no date yet, ``no`` is two letters, and ``null`` or ``~`` is nothing. What YAML would let pass
in silence (a name twice, a tree in the place of a text) is a fault of the record.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.own_files import find_yaml_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Record", "RecordsError", "is_blank", "parse_day", "read_records"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOTHING = "tag:yaml.org,2002:null"
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_HALF = re.compile(r"[\ud800-\udfff]")


class RecordsError(Exception):
    """A file that holds no records.

    Attributes:
        why: Why, to be put behind the file's name.
        line: Where, from 1.
    """

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.why, self.line = why, line


class Record(NamedTuple):
    """One record.

    Attributes:
        line: Where it begins, from 1.
        fields: What is written, by name; without what is null.
        fault: Why it cannot be used; empty when it can.
    """

    line: int
    fields: dict[str, str | list[str]]
    fault: str = ""


def parse_day(text: str) -> date | None:
    """Return a day that is written YYYY-MM-DD and no other way; None for anything else."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def is_blank(text: str) -> bool:
    """Return whether a text says nothing: it is empty, or made of what nobody sees."""
    return not _UNSEEN.sub("", text)


def read_records(content: bytes, key: str) -> list[Record]:
    """Return the records of a file.

    Args:
        content: The file's bytes.
        key: Its one key, which holds the list.

    Raises:
        RecordsError: It is no YAML, or of another form.
    """
    import yaml  # noqa: PLC0415 - most runs have no such file

    try:
        fault = find_yaml_fault(content)
        if fault:
            raise RecordsError(f"cannot be read: {fault}")
        top = yaml.compose(content.decode("utf-8-sig"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", "") or str(error)
        raise RecordsError(f"cannot be read: {why}", mark.line + 1 if mark else 1) from error
    return list(map(_record, _entries(top, key)))


def _entries(top: Any, key: str) -> Iterator[Any]:  # noqa: ANN401 - PyYAML's nodes have no common type
    if top is None:
        return
    if top.id != "mapping" or len(top.value) != 1 or top.value[0][0].value != key:
        raise RecordsError(f'must be one list under the key "{key}"')
    listed = top.value[0][1]
    if listed.tag != _NOTHING:
        if listed.id != "sequence":
            raise RecordsError(f'must be one list under the key "{key}"')
        yield from listed.value


def _record(node: Any) -> Record:  # noqa: ANN401 - as above
    line = node.start_mark.line + 1
    if node.id != "mapping":
        return Record(line, {}, "must be a mapping of names to text")
    names = [str(name.value) for name, _ in node.value]
    if len({*names}) != len(names):
        return Record(line, {}, "has a key twice")
    fields: dict[str, str | list[str]] = {}
    for name, (_, value) in zip(names, node.value, strict=True):
        parts = value.value if value.id == "sequence" else [value]
        if any(part.id != "scalar" for part in parts):
            return Record(line, fields, f"must be a mapping of names to text, which {name} is not")
        texts = [str(part.value).strip() for part in parts if part.tag != _NOTHING]
        if any(map(_HALF.search, texts)):
            return Record(line, fields, f"has half a character in {name}")
        if value.id == "sequence":
            fields[name] = texts
        elif texts:
            fields[name] = texts[0]
    return Record(line, fields)
