"""Who does what `tapeproof evidence` says comes to another state, and never back to an error that was told already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tapeproof.evidence.bundle.writing import Bundle

RISK = ("accept-risk", "--reason", "r", "--compensating", "c", "--owner", "a")


def test_from_no_bundle_to_one_whose_signer_is_known(
    bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    given, known = str(bundle.zip), bundle.fingerprint
    steps = [
        (("verify",), 5, "make one with: tapeproof evidence report"),
        (("report", "--root", "gone"), 5, "name the Terraform root module with --root"),
        (("verify", given), 3, "UNANCHORED: it agrees with itself; name the signer with --fingerprint"),
        (("verify", given, "--fingerprint", "sha256:1"), 64, "expected sha256: and 64 hexadecimal digits"),
        (("verify", given, "--fingerprint", f"sha256:{'0' * 64}"), 1, f"signed by {known}"),
        (("verify", given, "--fingerprint", known), 0, "VERIFIED"),
        ((*RISK, "--policy", "TP_X", "--approver", "b", "--expires", "2099-01-01"), 5, "tapeproof gate list"),
        ((*RISK, "--policy", "TP_DDB_2", "--approver", "A ", "--expires", "2099-01-01"), 5, "their own risk"),
        ((*RISK, "--policy", "TP_DDB_2", "--approver", "b", "--expires", "2020-01-01"), 5, "before it begins"),
        ((*RISK, "--policy", "TP_DDB_2", "--approver", "b", "--expires", "2099-01-01"), 5, "longer than 366 days"),
    ]
    before: list[str] = []
    for arguments, status, told in steps:
        capsys.readouterr()
        found = main(["evidence", *arguments])
        said = capsys.readouterr()
        text = said.out + said.err
        assert (found, told in text) == (status, True), text
        assert text not in before
        before.append(text)
