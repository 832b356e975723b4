"""What every report is made from, and the protocol they follow: one pass over the rows, flat memory."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from tapeproof.evidence.verifier.status import STAGES, effects_of

if TYPE_CHECKING:
    import tempfile
    from collections.abc import Iterator, Mapping

__all__ = ["PROPERTY_NAMESPACE", "Gap", "Output", "Report", "Spools", "View", "identifier", "one_line"]

PROPERTY_NAMESPACE: Final = "https://tapeproof.example/ns/evidence"
"""Namespace of this project's own properties in OSCAL; a name, not an address."""
SPOOL_BYTES: Final = 256 * 1024
"""What a spool keeps in memory before it goes to a temporary file."""


class Gap(NamedTuple):
    """A policy that could not be judged at a stage."""

    policy: str
    stage: str
    reason: str


class View:
    """An assessment with what it refers to.

    Attributes:
        assessment: As derived from the evidence.
        policies: Definitions by id.
        frameworks: Frameworks by id.
        mappings: Mappings of policies to controls.
        criteria: Criteria that verify.py evaluates again.
        items: Evidence items, whole.
        evidence_digest: Digest over everything the assessment rests on.
        signer: Fingerprint of the key that will sign; empty when nothing will be signed.
        pdf: Whether the bundle will hold the report as PDF.
    """

    # Not a dataclass: its module loads `inspect`, which costs verify.py as much as judging thousands of rows.
    def __init__(
        self,
        *,
        assessment: Mapping[str, Any],
        policies: Mapping[str, Mapping[str, Any]],
        frameworks: Mapping[str, Mapping[str, Any]],
        mappings: tuple[Mapping[str, Any], ...],
        criteria: tuple[Mapping[str, Any], ...],
        items: tuple[Mapping[str, Any], ...],
        evidence_digest: str,
        signer: str = "",
        pdf: bool = False,
    ) -> None:
        self.assessment, self.policies, self.frameworks = assessment, policies, frameworks
        self.mappings, self.criteria, self.items = mappings, criteria, items
        self.evidence_digest, self.signer, self.pdf = evidence_digest, signer, pdf

    @property
    def run(self) -> Mapping[str, Any]:
        """The run."""
        run: Mapping[str, Any] = self.assessment["run"]
        return run

    @cached_property
    def ordered_policies(self) -> tuple[Mapping[str, Any], ...]:
        """Return the policies with their statuses: the gate's first, then assertions, then requirements."""
        kinds = ("policy", "assertion", "requirement")
        return tuple(
            sorted(self.assessment["policies"], key=lambda policy: (kinds.index(policy["kind"]), policy["id"]))
        )

    @cached_property
    def effects_by_stage(self) -> Mapping[str, str]:
        """What each stage's evidence can show, by stage."""
        return effects_of(self.assessment["stages"])

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Every policy and stage that could not be judged, in a fixed order."""
        return tuple(
            Gap(policy["id"], stage, policy["stages"][stage]["reason"] or "not judged")
            for stage in STAGES
            for policy in self.assessment["policies"]
            if policy["stages"].get(stage, {}).get("status") == "not-evaluated"
        )

    @cached_property
    def rows_by_verdict(self) -> Mapping[str, int]:
        """How many rows have each verdict, gaps included as ``not-evaluated``."""
        totals: dict[str, int] = {}
        for verdicts in self.assessment["counts"]["rows"].values():
            for verdict, count in verdicts.items():
                totals[verdict] = totals.get(verdict, 0) + count
        return {**totals, "not-evaluated": len(self.gaps)}


class Output(Protocol):
    """Where a report goes: a file, or a comparison with one."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""
        ...


class Report(Protocol):
    """A format that is written while the rows pass by."""

    path: str

    def begin(self, out: Output, view: View) -> None:
        """Write what comes before the rows."""
        ...

    def row(self, row: Mapping[str, Any]) -> None:
        """Take one row."""
        ...

    def end(self) -> None:
        """Write what comes after the rows."""
        ...


class Spools:
    """Text by key, in the order the keys came; past a size it goes to temporary files."""

    def __init__(self) -> None:
        self._spools: dict[Any, tempfile.SpooledTemporaryFile[bytes]] = {}
        self._counts: dict[Any, int] = {}

    def add(self, key: Any, text: str) -> int:  # noqa: ANN401 - any key
        """Append text under a key; return how many texts the key had before."""
        if key not in self._spools:
            from tempfile import SpooledTemporaryFile  # noqa: PLC0415 - start-up time, where nothing is rendered

            self._spools[key] = SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115 - closed in close
        before = self._counts.get(key, 0)
        self._counts[key] = before + 1
        self._spools[key].write(text.encode("utf-8"))
        return before

    def count(self, key: Any) -> int:  # noqa: ANN401 - any key
        """Return how many texts a key has."""
        return self._counts.get(key, 0)

    def keys(self) -> list[Any]:
        """Return the keys."""
        return list(self._spools)

    def chunks(self, key: Any) -> Iterator[bytes]:  # noqa: ANN401 - any key
        """Yield what was written under a key."""
        if key in self._spools:
            self._spools[key].seek(0)
            while chunk := self._spools[key].read(SPOOL_BYTES):
                yield chunk

    def close(self) -> None:
        """Release the temporary files."""
        for spool in self._spools.values():
            spool.close()

    def __del__(self) -> None:
        # A report that could not be written to its end leaves nothing behind either.
        self.close()


def identifier(run: str, *parts: str) -> str:
    """Return a UUID (version 5) that is the same whenever the same thing is meant."""
    import uuid  # noqa: PLC0415 - start-up time, where nothing is rendered

    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join((PROPERTY_NAMESPACE, run, *parts))))


def one_line(row: Mapping[str, Any], *names: str) -> str:
    """Return the first of some fields that a row's findings have, on one line."""
    for finding in row["findings"]:
        for name in names:
            if finding.get(name):
                return " ".join(str(finding[name]).split())
    return ""
