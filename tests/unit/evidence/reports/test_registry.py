from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.reports.registry import DOCUMENTS, REPORTS
from tapeproof.evidence.verifier.archive import safe_name

if TYPE_CHECKING:
    from tapeproof.evidence.bundle.writing import Bundle


def test_every_report_lies_at_a_path_of_its_own_inside_the_bundle() -> None:
    paths = [*REPORTS, *DOCUMENTS]
    assert len(paths) == len(set(paths))
    assert all(safe_name(path) for path in paths)
    assert {make().path for make in REPORTS.values()} == set(REPORTS)


def test_a_bundle_holds_every_report_and_no_other(bundle: Bundle) -> None:
    here = {path.relative_to(bundle.folder).as_posix() for path in bundle.folder.glob("reports/*")}
    assert here == {path for path in [*REPORTS, *DOCUMENTS] if path.startswith("reports/")}


def test_documents_need_no_rows_and_say_nothing_twice(bundle: Bundle) -> None:
    assert {path: (bundle.folder / path).stat().st_size > 0 for path in DOCUMENTS} == dict.fromkeys(DOCUMENTS, True)
