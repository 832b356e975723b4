"""The one command of the travelling file: what it prints, and what it exits with."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.chain import Chain, Trend
from tapeproof.evidence.checking.command import render_chain, render_outcome, verify_main
from tapeproof.evidence.checking.outcome import Expectations, Outcome
from tapeproof.evidence.verifier.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

STEERING = "\x1b[2J\x9b31mVERIFIED\u202e\n::set-output"


@pytest.fixture(autouse=True)
def _collecting_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gc.disable", lambda: None)  # one run of a process of its own turns it off; the tests are many


def test_a_bundle_verifies_with_its_signers_fingerprint_and_is_unanchored_without(
    bundle: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_main([str(bundle.zip), "--fingerprint", bundle.fingerprint]) == 0
    assert "\nVERIFIED: every byte" in capsys.readouterr().out
    assert verify_main([str(bundle.zip)]) == 3
    assert "\nUNANCHORED: " in capsys.readouterr().out


def test_json_holds_verdict_status_and_findings_for_programs(
    bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(bundle.folder, tmp_path / "run")
    (copy / "more").touch()
    assert verify_main([str(copy), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["exit_status"]) == ("TAMPERED", 1)
    assert [one["code"] for one in told["findings"]] == ["EXTRA"]
    assert told["manifest"] == f"sha256:{bundle.manifest_sha256}"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--public-key", "absent.pem"],
        ["--public-key", "."],
        ["--public-key", "nul\x00"],
        ["--expect", "absent.json"],
        ["--previous", "absent.zip"],
        ["--chain", "absent"],
    ],
)
def test_what_the_reader_names_and_is_not_there_says_nothing_about_the_bundle(
    bundle: Bundle, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_main([str(bundle.zip), *arguments]) == 5
    told = capsys.readouterr()
    assert told.err.startswith("error: ")
    assert told.out == ""


def test_without_a_bundle_beside_it_the_file_asks_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_main([]) == 5
    assert "name it: python3 verify.py BUNDLE" in capsys.readouterr().err


def test_a_result_that_cannot_be_printed_has_a_status_of_its_own(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert verify_main([str(bundle.zip), "--fingerprint", bundle.fingerprint]) == 74
    assert "cannot be printed" in capsys.readouterr().err


def test_nothing_that_a_bundle_or_a_path_says_steers_the_terminal(bundle: Bundle) -> None:
    outcome = verify_bundle(str(bundle.folder), Expectations())
    assessment = outcome.assessment
    assert assessment is not None
    assessment["run"].update(id=STEERING, subject=STEERING)
    kinds = assessment["counts"]["policies"]
    kinds[STEERING] = kinds.pop("policy")
    outcome.findings.append(Finding("ALTERED", STEERING, STEERING))
    outcome.unmet.append(Finding("OWN_CATALOGUE", STEERING, STEERING))
    outcome.recorded.append(STEERING)
    outcome.checked.append(("foreign", STEERING))
    told = render_outcome(outcome, STEERING)
    assert {mark for mark in told if not mark.isprintable()} == {"\n"}
    assert not [line for line in told.splitlines() if line.startswith("::")]
    assert told.endswith("TAMPERED: 2 findings\n")


def test_a_chain_is_told_bundle_by_bundle_with_what_failed_and_for_how_long() -> None:
    one, other = Outcome(), Outcome()
    one.signed = one.anchored = other.signed = other.anchored = True
    trends = [Trend("TP_LOG_1", 2, [7, 14]), Trend(f"P{STEERING}", 1, [])]
    told = render_chain(Chain([("a.zip", one), (f"b{STEERING}", other)], [], [], trends))
    assert "  VERIFIED      a.zip\n" in told
    assert "trend       TP_LOG_1 failed in 2 bundles; repaired after 7 days, 14 days\n" in told
    assert "repaired after not yet" in told
    assert told.endswith("VERIFIED: 2 bundles, 0 findings, 0 changes\n")
    assert {mark for mark in told if not mark.isprintable()} == {"\n"}
