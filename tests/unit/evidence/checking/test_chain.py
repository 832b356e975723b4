"""Bundles of a period: each is verified, and each must follow the one before."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.checking.chain import Chain, verify_chain
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.verifier.findings import Unusable
from tests.unit.evidence.samples import NOW, Sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def weekly(tmp_path_factory: pytest.TempPathFactory, key: Path) -> list[Path]:
    """Three bundles a week apart; what is live fails in the second and is repaired in the third."""
    made: list[Path] = []
    for week in range(3):
        sample = Sample()
        sample.as_of, sample.cadence_days, sample.period_from = NOW + timedelta(weeks=week), 7, NOW.isoformat()
        if week == 1:
            sample.live["logs"]["aws_cloudwatch_log_group.trade"]["LogGroup"]["retentionInDays"] = 7
        folder = sample.write(tmp_path_factory.mktemp("weekly") / f"week{week}")
        write_previous(folder, made[-1] if made else None)
        made.append(write_bundle(folder, signer=KeyFileSigner(key)).zip)
    return made


def _verify(folder: Path, *bundles: Path) -> Chain:
    for path in bundles:
        shutil.copy(path, folder)
    return verify_chain(str(folder), Expectations(), None)


def test_a_whole_chain_has_no_finding_and_tells_what_failed_and_how_long(tmp_path: Path, weekly: list[Path]) -> None:
    chain = _verify(tmp_path, *weekly)
    assert (chain.findings, chain.changes) == ([], [])
    assert [name for name, _ in chain.bundles] == ["week0.zip", "week1.zip", "week2.zip"]
    (trend,) = (one for one in chain.trends if one.subject == "TP_LOG_1")
    assert (trend.failed, trend.repaired_days) == (1, [7])
    assert "nist-800-53-r5 AU-11" in {one.subject for one in chain.trends}
    assert chain.coverage == "2026-11-23T09:30:00Z to 2026-12-07T09:30:00Z, 3 runs, one every 7 days stated, 0 gaps"
    assert chain.exit_status == 3  # nobody named the signer


def test_bundles_are_put_in_order_by_their_runs_and_not_by_their_names(tmp_path: Path, weekly: list[Path]) -> None:
    for name, path in zip("cab", weekly, strict=True):
        shutil.copy(path, tmp_path / f"{name}.zip")
    assert _verify(tmp_path).findings == []


def test_a_bundle_that_was_left_out_breaks_the_link_and_leaves_a_gap(tmp_path: Path, weekly: list[Path]) -> None:
    chain = _verify(tmp_path, weekly[0], weekly[2])
    assert [(one.code, one.where) for one in chain.findings] == [("PREVIOUS_MISMATCH", "week2.zip: previous.json")]
    assert [one.code for one in chain.changes] == ["GAP"]
    assert chain.exit_status == 1


def test_a_chain_whose_beginning_is_not_there_says_what_it_follows(tmp_path: Path, weekly: list[Path]) -> None:
    chain = _verify(tmp_path, *weekly[1:])
    assert [(one.code, one.where) for one in chain.findings] == [("CHAIN_BEGINS_LATE", "week1.zip")]


def test_a_file_that_is_no_bundle_is_no_reason_to_leave_the_others_unread(tmp_path: Path, weekly: list[Path]) -> None:
    (tmp_path / "broken.zip").write_text("text")
    chain = _verify(tmp_path, *weekly)
    assert chain.findings[0][:2] == ("UNREADABLE", "broken.zip")
    assert len(chain.bundles) == 4


@pytest.mark.parametrize("folder", ["", "absent"])
def test_a_folder_without_bundles_is_no_chain(tmp_path: Path, folder: str) -> None:
    with pytest.raises(Unusable, match="holds no bundle"):
        verify_chain(str(tmp_path / folder), Expectations(), None)
