from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.reports.readme import render_readme
from tests.unit.evidence.reports.writing import changed_view

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View


def test_the_reader_is_told_run_subject_and_time(view: View) -> None:
    text = render_readme(view).decode()
    assert text.startswith(f"Evidence bundle {view.run['id']}\nSubject: {view.run['subject']}   As of: ")
    assert view.run["as_of"] in text


def test_the_file_never_names_the_key_that_would_vouch_for_itself(view: View) -> None:
    text = render_readme(view).decode()
    assert view.signer
    assert view.signer.removeprefix("sha256:") not in text
    assert "--fingerprint <the fingerprint that the signer gave you>" in text


def test_an_unsigned_bundle_is_said_to_be_anybodys(view: View) -> None:
    text = render_readme(changed_view(view, signer="")).decode()
    assert "UNSIGNED: anybody could have made it" in text
    assert "--fingerprint" not in text


def test_evidence_of_an_emulator_is_said_to_show_no_account(view: View) -> None:
    assert b"SIMULATED" not in render_readme(view)
    view.assessment["run"]["simulated"] = True
    assert b"SIMULATED" in render_readme(view)
