"""The evidence item: one answer from one source, with everything needed to trust it or to ask again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.redaction import Redaction

__all__ = ["ITEM_FORMAT", "Item", "Judge", "Population", "RawFile", "Stage", "Tool"]

ITEM_FORMAT: Final = "tapeproof/evidence-item/1"
Stage = Literal["source", "plan", "tests", "exceptions", "live", "audit"]
"""Where the evidence was taken; it decides what it can show."""
Judge = Literal["", "gate", "criteria", "junit", "audit", "blobs", "exceptions"]
"""How verdicts are derived from the raw files; empty when they are only kept."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """Bytes as they were written to the bundle.

    Attributes:
        path: Relative to the item's folder.
        size: Bytes.
        sha256: Hex.
        media_type: RFC 6838.
    """

    path: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Population:
    """What was asked for, and how many came back.

    Attributes:
        query: The question, so that anybody can ask it again.
        count: How many answers.
        unit: What was counted.
    """

    query: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Tool:
    """The program that collected.

    Attributes:
        name: Its name.
        version: Its version.
        digest: SHA-256 over its source files.
        config_digest: SHA-256 over the parameters and the criteria it used.
    """

    name: str
    version: str
    digest: str
    config_digest: str


@dataclass(slots=True)
class Item:
    """One evidence item; ``as_data`` is what ``item.json`` holds.

    Attributes:
        id: Stable from run to run, such as ``live-dynamodb``.
        title: For people.
        collector: Which collector made it.
        stage: Where the evidence was taken.
        judge: How verdicts come out of it.
        judged: The raw file that is judged, relative to the item.
        asserts: Policies that it is evidence for.
        simulated: Whether it came from an emulator.
        status: ``collected`` or ``failed``.
        failure: Why it failed; the reports repeat it.
        failure_code: Which kind of failure it is: ``not-given`` or ``failed``; empty when it did not fail.
        incomplete: What is missing although it did not fail; its policies are then not evaluated.
        source: Call with parameters, endpoint and request ids, or path and commit, or command.
        population: What was asked and how many came back.
        as_of: The moment it is true of, UTC.
        collected: When collecting began and ended, UTC.
        identity: Who collected, and how that is known.
        tool: The program.
        commit: The commit its files belong to.
        raw: The bytes.
        redactions: What was taken out.
    """

    id: str
    title: str
    collector: str
    stage: Stage
    judge: Judge = ""
    judged: str = ""
    asserts: tuple[str, ...] = ()
    simulated: bool = False
    status: Literal["collected", "failed"] = "collected"
    failure: str = ""
    failure_code: str = ""
    incomplete: str = ""
    source: Mapping[str, Any] = field(default_factory=dict)
    population: Population | None = None
    as_of: str = ""
    collected: Mapping[str, str] = field(default_factory=dict)
    identity: Mapping[str, str] = field(default_factory=dict)
    tool: Tool | None = None
    commit: str = ""
    raw: list[RawFile] = field(default_factory=list)
    redactions: list[Redaction] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"format": ITEM_FORMAT, **asdict(self)}
