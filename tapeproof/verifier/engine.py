"""What runs the stages of a verification that can be spread over cores or machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tapeproof.verifier.lanes import check_part
from tapeproof.verifier.leaves import check_tiles
from tapeproof.verifier.signatures import check_signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.verifier.leaves import TileCheck, TileTask
    from tapeproof.verifier.parts import PartReport, PartTask
    from tapeproof.verifier.signatures import Outcomes, SignatureTask

__all__ = ["Engine", "Serial"]


class Engine(Protocol):
    """Runs the parallel stages."""

    def signatures(self, tasks: Iterable[SignatureTask]) -> Iterator[list[Outcomes]]:
        """Start ``check_signatures`` on each task; its results, in order, may be asked for after other stages."""
        ...

    def parts(self, tasks: Iterable[PartTask]) -> Iterator[PartReport]:
        """Run ``check_part`` on each task, in any order."""
        ...

    def tiles(self, tasks: Iterable[TileTask]) -> Iterator[TileCheck]:
        """Run ``check_tiles`` on each task, in any order."""
        ...


class Serial:
    """Runs everything here, one after the other."""

    def signatures(self, tasks: Iterable[SignatureTask]) -> Iterator[list[Outcomes]]:
        """Run the tasks."""
        return map(check_signatures, tasks)

    def parts(self, tasks: Iterable[PartTask]) -> Iterator[PartReport]:
        """Run the tasks."""
        return map(check_part, tasks)

    def tiles(self, tasks: Iterable[TileTask]) -> Iterator[TileCheck]:
        """Run the tasks."""
        return map(check_tiles, tasks)

    def close(self) -> None:
        """Stop nothing: nothing was started."""
