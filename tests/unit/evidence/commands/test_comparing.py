from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tests.unit.evidence.samples import Sample, acceptance

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


def test_diff_names_what_changed_and_says_when_nothing_did(bundle: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "diff", str(bundle.zip), str(bundle.folder)]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_diff_of_something_that_does_not_verify_is_an_error(
    bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.zip").write_bytes(b"x")
    assert main(["evidence", "diff", str(bundle.zip), str(tmp_path / "x.zip")]) == 5
    assert "does not verify" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([], [acceptance()], "acceptance RA-2026-001: absent -> in force; owner Platform team, approver Head of risk"),
        ([acceptance()], [], "acceptance RA-2026-001: in force -> absent"),
        ([acceptance()], [acceptance(expires="2027-06-01")], "in force -> in force; expires 2027-06-01"),
        ([acceptance()], [acceptance(expires="2026-01-01")], "in force -> expired; expires 2026-01-01"),
        ([acceptance()], [acceptance(approver="Another")], "approver Another"),
    ],
)
def test_diff_shows_acceptances_that_came_went_or_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: list[object], after: list[object], told: str
) -> None:
    old, new = Sample(), Sample()
    old.exceptions, new.exceptions = before, after  # type: ignore[assignment]
    bundles = [str(one.bundle(tmp_path / name).zip) for name, one in (("old", old), ("new", new))]
    assert main(["evidence", "diff", *bundles]) == 1
    assert told in capsys.readouterr().out
