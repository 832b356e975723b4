"""All results of a run, of which the passes that nobody is shown stay packed until somebody asks for them.

Passes are nine tenths of a large answer; text, SARIF and the exit status need only their number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import overload

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import list_fields
from tapeproof.gate.engine.report import GATE_POLICY, Result
from tapeproof.gate.engine.verdict import Verdict

__all__ = ["Packed", "Population", "handed_over", "pack", "packed_rows", "taken_over", "unpacked_rows"]

_FIELDS = list_fields(Result)
_row = attrgetter(*_FIELDS)


class Packed(NamedTuple):
    """Quiet passes of one root.

    Attributes:
        root: The root module as the user named it.
        number: How many they are.
        content: They themselves, as JSON.
    """

    root: str
    number: int
    content: bytes


class Population(Sequence[Result]):
    """Results: first those that somebody may be shown, then quiet passes.

    Args:
        notable: The former.
        packed: The latter.
    """

    def __init__(self, notable: Iterable[Result], packed: Iterable[Packed] = ()) -> None:
        self.notable = tuple(notable)
        self.packed = tuple(packed)
        self._length = len(self.notable) + self.quiet

    @property
    def quiet(self) -> int:
        """How many passes are quiet."""
        return sum(part.number for part in self.packed)

    def with_notable(self, notable: Iterable[Result]) -> Population:
        """Return the same passes beside other results."""
        return Population(notable, self.packed)

    def roots(self) -> tuple[set[str], set[str]]:
        """Return the roots that there are results of, and those of them that some policy has judged."""
        quiet = {part.root for part in self.packed if part.number}
        roots = {result.root for result in self.notable}
        judged = {result.root for result in self.notable if result.policy != GATE_POLICY}
        return roots | quiet, judged | quiet

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Result]:
        yield from self.notable
        for part in self.packed:
            yield from unpacked_rows(part.content)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        if isinstance(index, int) and 0 <= index < len(self.notable):
            return self.notable[index]
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(self.notable)

    def __repr__(self) -> str:
        return f"Population({list(islice(self, 20))!r}, {len(self)} in all)"


def pack(
    root: str, results: Iterable[Result], write: Callable[[Iterable[Result]], bytes] | None = None
) -> tuple[list[Result], Packed]:
    """Return the results of a root that somebody may be shown, and the others packed.

    Args:
        root: The root module as the user named it.
        results: Its results.
        write: Packs the others; as JSON when None.
    """
    notable: list[Result] = []
    quiet: list[Result] = []
    for result in results:
        (quiet if result.verdict == Verdict.PASS and not result.warning else notable).append(result)
    return notable, Packed(root, len(quiet), (write or packed_rows)(quiet))


def handed_over(results: Iterable[Result]) -> bytes:
    """Return results as a worker hands them over that are to be merged: faster than JSON, and for nobody to keep."""
    import pickle  # noqa: PLC0415 - an answer that is given again needs none

    return pickle.dumps(list(map(_row, results)), protocol=5)


def taken_over(packed: Packed) -> Iterator[Result]:
    """Yield results that a worker handed over."""
    import pickle  # noqa: PLC0415 - as above

    for row in pickle.loads(packed.content) if packed.number else ():  # noqa: S301 - made by our own fork
        yield Result(**dict(zip(_FIELDS, row, strict=True)))


def packed_rows(results: Iterable[Result]) -> bytes:
    """Return results as JSON on one line."""
    return json.dumps(list(map(_row, results))).encode()


def unpacked_rows(content: bytes) -> Iterator[Result]:
    """Yield results that were packed.

    Raises:
        ValueError: They were not; KeyError and TypeError as well.
    """
    for row in json.loads(content):
        yield Result(**dict(zip(_FIELDS, row, strict=True)))
