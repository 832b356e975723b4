"""The reports of a bundle against its evidence: each is rendered again, and every byte must be the same."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapeproof.evidence.reports.rendering import RENDERED, build_view, render_reports
from tapeproof.evidence.verifier.findings import Finding
from tapeproof.evidence.verifier.layout import RESULTS_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.comparison import Comparison
    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["check_reports"]

BUFFER_BYTES = 1 << 16


def check_reports(contents: Contents, assessment: dict[str, Json], signer: str) -> list[Finding]:
    """Return a finding for each report that is missing or comes out otherwise than it stands in the bundle.

    Args:
        contents: The files; ``results.jsonl`` among them was derived again and is the same.
        assessment: As derived from the evidence.
        signer: Fingerprint of the signer's key; empty when the bundle is not signed.
    """
    found: list[Finding] = []

    @contextmanager
    def compare(path: str) -> Iterator[_Compared]:
        if path not in contents:
            found.append(Finding("MISSING", path, "a bundle holds this report"))
            yield _Compared(None)
            return
        with contents.compare_file(path) as comparison:
            output = _Compared(comparison)
            yield output
            output.flush()
        if comparison.difference:
            found.append(Finding("REPORT_DISAGREES", path, comparison.difference))

    render_reports(build_view(contents, assessment, signer), contents.texts(RESULTS_NAME), compare)
    order = {path: at for at, path in enumerate(RENDERED)}
    return sorted(found, key=lambda one: order[one.where])


class _Compared:
    """Takes what a report should be and compares it with what it is, some kilobytes at a time."""

    def __init__(self, comparison: Comparison | None) -> None:
        self._comparison, self._parts, self._size = comparison, list[bytes](), 0

    def write(self, data: bytes) -> None:
        if self._comparison is None:
            return
        self._parts.append(data)
        self._size += len(data)
        if self._size >= BUFFER_BYTES:
            self.flush()

    def flush(self) -> None:
        if self._comparison is not None:
            self._comparison.take(b"".join(self._parts))
        self._parts, self._size = [], 0
