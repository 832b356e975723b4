from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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
