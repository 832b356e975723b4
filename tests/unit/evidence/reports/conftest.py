from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.reports.rendering import build_view
from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.derive import derive
from tapeproof.evidence.verifier.manifest import read_manifest
from tapeproof.evidence.verifier.rows import rows_of
from tests.unit.evidence.reports.writing import changed_view

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tapeproof.evidence.bundle.writing import Bundle
    from tapeproof.evidence.reports.view import View


@pytest.fixture(scope="session")
def rendered_from(bundle: Bundle) -> View:
    """What the reports of the sample bundle are made from; `view` is a copy to change."""
    files = read_manifest((bundle.folder / "manifest.json").read_bytes())["files"]
    contents = Contents(Folder(str(bundle.folder)), files)
    return build_view(contents, derive(contents, len).assessment, bundle.fingerprint)


@pytest.fixture
def view(rendered_from: View) -> View:
    return changed_view(rendered_from, assessment=copy.deepcopy(rendered_from.assessment))


@pytest.fixture(scope="session")
def rows(bundle: Bundle) -> list[Mapping[str, Any]]:
    lines = (bundle.folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for line in lines for row in rows_of(json.loads(line))]
