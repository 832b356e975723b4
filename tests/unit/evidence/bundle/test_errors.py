from __future__ import annotations

import pytest

from tapeproof.errors import TapeproofError
from tapeproof.evidence.bundle.errors import (
    COLLECT_ANEW,
    BundleError,
    FolderHeldError,
    KeyFileError,
    SigningRefusedError,
)


@pytest.mark.parametrize(
    ("error", "status"), [(BundleError, 5), (KeyFileError, 5), (SigningRefusedError, 5), (FolderHeldError, 75)]
)
def test_whoever_catches_a_bundles_error_catches_them_all_and_only_a_held_folder_may_be_tried_again(
    error: type[BundleError], status: int
) -> None:
    assert issubclass(error, BundleError)
    assert issubclass(error, TapeproofError)
    assert error("x").exit_status == status


def test_the_way_out_of_evidence_that_changed_is_to_collect_anew() -> None:
    told = BundleError("run.json cannot be used", why="no id", fix=COLLECT_ANEW).diagnostics()
    assert told.splitlines()[2].startswith("  fix: collect anew")
