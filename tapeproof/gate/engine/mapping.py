"""The mapping that values hold.

It is always a ``dict``. Whether something is one is asked a hundred thousand times, and an abstract class takes ten
times as long to answer; nobody may change one all the same, so type checkers know it as a mapping.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
else:
    Mapping = dict

__all__ = ["Mapping"]
