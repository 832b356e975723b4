"""What a reader brings to a verification, and what comes out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import (
    EXIT_TAMPERED,
    EXIT_UNANCHORED,
    EXIT_UNMET,
    EXIT_UNUSABLE,
    EXIT_VERIFIED,
    Finding,
)

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["Expectations", "Outcome"]


class Expectations:
    """What the reader knows from elsewhere; each is compared when it is given.

    Attributes:
        fingerprint: Of the signer's key.
        public_key: PEM of the signer's key.
        previous: Path of the bundle before this one.
        run: Id of the run.
        after: The run is not older than this UTC time, ISO 8601.
        terms: What an expectation file says, checked for form.
        countersignature: File with a second person's signature.
        countersigner: Fingerprint of the second person's key.
        entry: File with the proof that the bundle is in a log.
        entries: Files with every entry of a log and its checkpoint, for a chain.
        log_keys: Keys of that log and of its witnesses.
    """

    def __init__(
        self,
        fingerprint: str = "",
        public_key: bytes = b"",
        previous: str = "",
        *,
        run: str = "",
        after: str = "",
        terms: Json = None,
        countersignature: str = "",
        countersigner: str = "",
        entry: str = "",
        entries: tuple[str, str] = ("", ""),
        log_keys: Json = (),
    ) -> None:
        self.fingerprint = fingerprint
        self.public_key = public_key
        self.previous = previous
        self.run = run
        self.after = after
        self.terms = terms or {}
        self.countersignature = countersignature
        self.countersigner = countersigner
        self.entry, self.entries, self.log_keys = entry, entries, list(log_keys)

    @property
    def anchored(self) -> bool:
        """Whether the reader knows the signer."""
        return bool(self.fingerprint or self.public_key)


class Outcome:
    """What was checked and what was found.

    Attributes:
        findings: What is wrong with the bundle.
        unmet: What is not as the reader, or the release, expects it; the bundle may be genuine all the same.
        recorded: What the bundle says and nobody derived again.
        checked: What was checked, a word and a text each.
        assessment: As derived from the evidence; None when it could not be.
        signer: Fingerprint of the key that the signature was checked with; empty where there is none.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.unmet: list[Finding] = []
        self.recorded: list[str] = []
        self.checked: list[tuple[str, str]] = []
        self.signed = False
        self.anchored = False
        self.readable = True
        self.assessment: Json | None = None
        self.previous: Json | None = None
        self.manifest_sha256 = ""
        self.signer = ""

    @property
    def exit_status(self) -> int:
        """0 verified, 1 tampered, 3 nobody outside says who made it, 4 not what is expected, 5 not a bundle."""
        if not self.readable:
            return EXIT_UNUSABLE
        if self.findings:
            return EXIT_TAMPERED
        if self.unmet:
            return EXIT_UNMET
        return EXIT_VERIFIED if self.signed and self.anchored else EXIT_UNANCHORED

    @property
    def word(self) -> str:
        """The verdict in one word."""
        words = {
            EXIT_VERIFIED: "VERIFIED",
            EXIT_TAMPERED: "TAMPERED",
            EXIT_UNMET: "UNMET",
            EXIT_UNUSABLE: "UNUSABLE",
        }
        return words.get(self.exit_status, "UNANCHORED" if self.signed else "UNSIGNED")
