from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tapeproof.evidence.bundle.writing import Bundle


def test_verify_prints_json_for_programs(bundle: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "verify", str(bundle.zip), "--fingerprint", bundle.fingerprint, "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert (outcome["verdict"], outcome["findings"]) == ("VERIFIED", [])


def test_the_verifier_can_be_had_by_itself(tmp_path: Path, bundle: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "verifier", str(tmp_path / "verify.py")]) == 0
    assert (tmp_path / "verify.py").read_bytes() == (bundle.folder / "verify.py").read_bytes()
