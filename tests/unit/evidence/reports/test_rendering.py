from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapeproof.evidence.reports.rendering import RENDERED, build_view, render_reports
from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.layout import PDF_NAME, evidence_digest
from tapeproof.evidence.verifier.manifest import Entry, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.bundle.writing import Bundle
    from tapeproof.evidence.reports.view import View


def _contents(bundle: Bundle) -> Contents:
    files = read_manifest((bundle.folder / "manifest.json").read_bytes())["files"]
    return Contents(Folder(str(bundle.folder)), files)


def test_every_report_of_a_bundle_is_rendered_to_the_bytes_that_stand_in_it(
    bundle: Bundle, rendered_from: View
) -> None:
    done: dict[str, bytes] = {}

    @contextmanager
    def keep(path: str) -> Iterator[io.BytesIO]:
        out = io.BytesIO()
        yield out
        done[path] = out.getvalue()

    render_reports(rendered_from, (bundle.folder / "results.jsonl").read_bytes().splitlines(), keep)
    assert set(done) == set(RENDERED)
    assert [name for name, data in done.items() if data != (bundle.folder / name).read_bytes()] == []


def test_a_view_is_made_of_the_controls_and_items_in_the_bundle(bundle: Bundle) -> None:
    contents = _contents(bundle)
    view = build_view(contents, bundle.assessment, "sha256:ab")
    assert (view.signer, view.pdf, view.evidence_digest) == ("sha256:ab", False, evidence_digest(contents))
    assert list(view.policies) == [one["id"] for one in contents.json("controls/policies.json")]
    assert [one["id"] for one in view.items] == [one["id"] for one in bundle.assessment["items"]]


def test_whether_there_is_a_pdf_is_looked_up_unless_it_is_said(bundle: Bundle) -> None:
    contents = _contents(bundle)
    contents.files[PDF_NAME] = Entry(0, "")
    contents.archive.sizes[PDF_NAME] = 0
    assert build_view(contents, bundle.assessment, "").pdf
    assert not build_view(contents, bundle.assessment, "", pdf=False).pdf
