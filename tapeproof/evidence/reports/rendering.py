"""Renders every report of a bundle: for whoever writes one, and for whoever verifies one and compares the bytes."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.reports.registry import DOCUMENTS, REPORTS
from tapeproof.evidence.reports.view import View
from tapeproof.evidence.verifier.layout import PDF_NAME, evidence_digest
from tapeproof.evidence.verifier.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager

    from tapeproof.evidence.reports.view import Output
    from tapeproof.evidence.verifier.contents import Contents

__all__ = ["RENDERED", "build_view", "render_reports"]


RENDERED = (*REPORTS, *DOCUMENTS)
"""Paths of everything that is rendered here."""


def build_view(contents: Contents, assessment: Mapping[str, Any], signer: str, *, pdf: bool | None = None) -> View:
    """Return what reports are made from.

    Args:
        contents: The files of the bundle.
        assessment: As derived from them.
        signer: Fingerprint of the signer's key; empty when nothing is signed.
        pdf: Whether there is a PDF; None looks for it.
    """
    return View(
        assessment=assessment,
        policies={policy["id"]: policy for policy in contents.json("controls/policies.json")},
        frameworks={framework["id"]: framework for framework in contents.json("controls/frameworks.json")},
        mappings=tuple(contents.json("controls/mappings.json")),
        criteria=tuple(contents.json("controls/criteria.json")),
        items=tuple(contents.json(f"evidence/{item['id']}/item.json") for item in assessment["items"]),
        evidence_digest=evidence_digest(contents),
        signer=signer,
        pdf=PDF_NAME in contents if pdf is None else pdf,
    )


def render_reports(
    view: View, lines: Iterable[bytes | str], open_output: Callable[[str], AbstractContextManager[Output]]
) -> None:
    """Render every report.

    Args:
        view: What they are made from.
        lines: The lines of ``results.jsonl``.
        open_output: Gives, for a path, where the report goes; it is closed at the end.
    """
    with ExitStack() as stack:
        reports = [make() for make in REPORTS.values()]
        for report in reports:
            report.begin(stack.enter_context(open_output(report.path)), view)
        for line in lines:
            for row in rows_of(json.loads(line)):
                for report in reports:
                    report.row(row)
        for report in reports:
            report.end()
    for path, document in DOCUMENTS.items():
        with open_output(path) as out:
            out.write(document(view))
