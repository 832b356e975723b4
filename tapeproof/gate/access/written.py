"""Which account and region the ARNs tell that are written in a stack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.engine.model import Resource

__all__ = ["account_in", "list_arns", "only", "region_in"]

_NUMBER = re.compile(r"arn:aws[a-z-]*:(?!iam:|sts:|kms:)[a-z0-9-]+:[^:\s]*:(\d{12}):")
_REGIONS = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]+:([a-z]{2}(?:-[a-z]+)+-\d):")


def list_arns(resources: Iterable[Resource]) -> Iterator[str]:
    """Yield every text in which an ARN stands; there are tens of thousands of others."""
    left: list[Value] = [value for one in resources for block in one.walk() for value in block.attributes.values()]
    while left:
        value = left.pop()
        content = value.value if isinstance(value, Known) else None
        if isinstance(content, str):
            if "arn:aws" in content:
                yield content
        elif isinstance(content, tuple):
            left.extend(content)
        elif isinstance(content, (dict, Mapping)):  # asked in this order, as the class is the fast question
            left.extend(content.values())


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
