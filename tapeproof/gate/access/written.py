"""Which account and region the ARNs tell that are written in a stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Value
from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.engine.model import Block, Resource

__all__ = ["account_in", "list_arns", "only", "region_in"]

_NUMBER = compile_late(r"arn:aws[a-z-]*:(?!iam:|sts:|kms:)[a-z0-9-]+:[^:\s]*:(\d{12}):")
_REGIONS = compile_late(r"arn:aws[a-z-]*:[a-z0-9-]+:([a-z]{2}(?:-[a-z]+)+-\d):")


def list_arns(resources: Iterable[Resource]) -> Iterator[str]:
    """Yield every text in which an ARN stands; there are tens of thousands of others."""
    blocks: list[Block] = list(resources)
    while blocks:
        block = blocks.pop()
        blocks.extend(block.children)
        yield from _list_arns(block.attributes.values())


def _list_arns(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        if not isinstance(value, Known):
            continue
        content = value.value
        if content.__class__ is str:  # most are; asked so, as there are tens of thousands of them
            if "arn:aws" in content:
                yield content
        elif isinstance(content, tuple):
            yield from _list_arns(content)
        elif isinstance(content, (dict, Mapping)):  # asked in this order, as the class is the fast question
            yield from _list_arns(content.values())


def account_in(arns: Iterable[str]) -> str:
    """Return the account that all ARNs are of that name one; none where they are of several."""
    return only(found for text in arns for found in _NUMBER.findall(text))


def region_in(arns: Iterable[str]) -> str:
    """Return the region that all ARNs are of that name one; none where they are of several."""
    return only(found for text in arns for found in _REGIONS.findall(text))


def only(found: Iterable[str]) -> str:
    """Return the one text among these, however often; none where there are several."""
    kinds = set(found)
    return kinds.pop() if len(kinds) == 1 else ""
