"""Ways to bend what a run says beside its evidence, by somebody who holds the key and seals the bundle anew."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.cli import main
from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.release import current_release
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import Bundle, write_bundle
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.chain import verify_chain
from tapeproof.evidence.checking.outcome import Expectations
from tests.unit.evidence.samples import NOW, Sample, acceptance

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Document = dict[str, Any]


def _edit(path: Path, change: Callable[[Document], object]) -> None:
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document))


def _sealed(folder: Path, key: Path, change: Callable[[Document], object] = lambda _: None) -> Bundle:
    _edit(folder / "run.json", change)
    return write_bundle(folder, signer=KeyFileSigner(key))


def _unmet(bundle: Bundle, **terms: object) -> dict[str, str]:
    outcome = verify_bundle(str(bundle.zip), Expectations(bundle.fingerprint, terms=terms), current_release())
    assert outcome.findings == []
    return {one.code: one.message for one in outcome.unmet}


def test_the_commit_that_an_auditor_approved_cannot_be_written_over_other_sources(tmp_path: Path, key: Path) -> None:
    approved = "c" * 40
    bundle = _sealed(Sample().write(tmp_path / "run"), key, lambda run: run.update(commit=approved))
    told = _unmet(bundle, commit=approved)
    assert f"the run says commit {approved}" in told["COMMIT_DIFFERS"]
    assert approved in told["NOT_EXPECTED"]


def test_a_commit_without_sources_of_it_meets_no_expectation(tmp_path: Path, key: Path) -> None:
    folder = Sample().write(tmp_path / "run")
    commit = json.loads((folder / "run.json").read_bytes())["commit"]
    shutil.rmtree(folder / "evidence/source-files")
    assert "the bundle has ''" in _unmet(_sealed(folder, key), commit=commit)["NOT_EXPECTED"]


def test_types_that_are_taken_off_the_list_of_populations_stand_on_the_cover(tmp_path: Path, key: Path) -> None:
    sample = Sample()
    sample.live["dynamodb"] = {}
    bundle = _sealed(
        sample.write(tmp_path / "run"), key, lambda run: run["population_types"].remove("aws_dynamodb_table")
    )
    assert [one["code"] for one in bundle.assessment["reservations"]].count("UNLISTED_TYPES") == 1
    cover = (bundle.folder / "reports/report.html").read_text().partition("</header>")[0]
    assert "the populations of aws_dynamodb_table were not compared" in cover


@pytest.mark.parametrize("lacking", ["hosts"])
def test_one_service_that_nobody_answered_keeps_the_whole_stage_from_being_an_account(
    tmp_path: Path, key: Path, lacking: str
) -> None:
    folder = Sample().write(tmp_path / "run")
    _edit(folder / "evidence/live-sqs/item.json", lambda item: item["source"].pop(lacking))
    bundle = _sealed(folder, key)
    assert bundle.assessment["stages"]["live"]["origin"] == "recorded"
    assert {one["effects"]["implemented"] for one in bundle.assessment["policies"]} <= {
        "not-evaluated",
        "not-applicable",
    }


def test_an_owner_who_approves_under_a_name_that_reads_the_same_approves_their_own_risk(
    tmp_path: Path, key: Path
) -> None:
    sample = Sample()
    sample.exceptions = [acceptance(approver="Platform\u200b\u00a0team")]
    [found] = _sealed(sample.write(tmp_path / "run"), key).assessment["exceptions"]
    assert found["state"] == "malformed: the owner approved their own risk"


def _weekly(folder: Path, key: Path, week: int, before: Path | None, change: Callable[[Document], object]) -> Bundle:
    sample = Sample()
    sample.as_of = NOW.replace(day=2 + 7 * week)
    sample.cadence_days = 7
    run = sample.write(folder / f"week{week}")
    write_previous(run, before)
    return _sealed(run, key, change)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Bundle:
    """The first bundle of a chain."""
    return _weekly(tmp_path_factory.mktemp("first"), key, 0, None, lambda _: None)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory, key: Path, first: Bundle) -> Bundle:
    """The one after it."""
    return _weekly(tmp_path_factory.mktemp("second"), key, 1, first.zip, lambda _: None)


def _chain(tmp_path: Path, *bundles: Bundle) -> Path:
    folder = tmp_path / "chain"
    folder.mkdir()
    for one in bundles:
        shutil.copy(one.zip, folder)
    return folder


def _changes(folder: Path) -> set[str]:
    chain = verify_chain(str(folder), Expectations(), None)
    assert chain.findings == []
    return {one.code for one in chain.changes}


def test_a_chain_names_a_moved_period_and_another_environment_or_subject(
    tmp_path: Path, key: Path, first: Bundle
) -> None:
    def change(run: Document) -> None:
        run["period"]["from"] = "2026-11-08T00:00:00Z"
        run["parameters"]["environment_suffix"] = "sandbox"
        run["subject"] = "another system"

    last = _weekly(tmp_path, key, 1, first.zip, change)
    assert _changes(_chain(tmp_path, first, last)) == {"CHANGED_PERIOD", "CHANGED_ENVIRONMENT", "CHANGED_SUBJECT"}


def test_a_cadence_that_is_taken_back_afterwards_closes_no_gap(tmp_path: Path, key: Path, first: Bundle) -> None:
    last = _weekly(tmp_path, key, 3, first.zip, lambda run: run["period"].update(cadence_days=0))
    assert _changes(_chain(tmp_path, first, last)) == {"CHANGED_CADENCE", "GAP"}


def _unpacked(folder: Path, last: Bundle) -> None:
    (folder / last.zip.name).unlink()
    shutil.copytree(last.folder, folder / last.folder.name)


def _in_capitals(folder: Path, last: Bundle) -> None:
    (folder / last.zip.name).rename(folder / f"{last.zip.stem}.ZIP")


@pytest.mark.parametrize("hide", [_unpacked, _in_capitals])
def test_a_bundle_that_lies_in_the_folder_in_another_form_is_read_as_well(
    tmp_path: Path, first: Bundle, second: Bundle, hide: Callable[[Path, Bundle], None]
) -> None:
    folder = _chain(tmp_path, first, second)
    hide(folder, second)
    chain = verify_chain(str(folder), Expectations(), None)
    assert (len(chain.bundles), chain.findings) == (2, [])


@pytest.mark.parametrize(
    "option",
    [["--after", "2026-11-01"], ["--run", "x"], ["--countersigner", "0" * 64], ["--countersignature", "x.json"]],
)
def test_an_expectation_that_a_chain_would_not_look_at_is_refused(
    tmp_path: Path, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "verify", "--chain", str(tmp_path), *option]) == 5
    assert "a chain does not read" in capsys.readouterr().err


def _manual(**changes: object) -> tuple[bytes, Document]:
    source = {
        "who": "B. Reviewer",
        "from": "CHG-1",
        "gathered": "2026-10-20",
        "expires": "2027-01-20",
        "sha256": "0" * 64,
        "controls": ["nist-800-53-r5:AU-9"],
    }
    return b"all is well\n", {**source, **changes}


def test_manual_evidence_that_was_swapped_is_not_the_file_that_was_gathered(tmp_path: Path, key: Path) -> None:
    sample = Sample()
    sample.manual = {"swapped": _manual()}
    bundle = _sealed(sample.write(tmp_path / "run"), key)
    assert [one["state"] for one in bundle.assessment["manual"]] == [
        "malformed: the file is not the one that was gathered"
    ]


def test_own_frameworks_do_not_swell_what_is_met_of_the_frameworks_that_others_publish(
    tmp_path: Path, key: Path
) -> None:
    folder = Sample().write(tmp_path / "run")
    before = _tally_of(_sealed(folder, key))
    frameworks, mappings = (folder / f"controls/{name}.json" for name in ("frameworks", "mappings"))
    listed = json.loads(frameworks.read_bytes())
    names = [f"Z-{number}" for number in range(500)]
    own = {**listed[0], "id": "zz-own", "own": True, "controls": dict.fromkeys(names, "met"), "file": {"sha256": "0"}}
    frameworks.write_text(json.dumps([*listed, own]))
    mapped = json.loads(mappings.read_bytes())
    first = {**mapped[0], "framework": "zz-own", "policy": "TP_DST_1", "relation": "equal", "confidence": "own"}
    mappings.write_text(json.dumps([*mapped, *({**first, "control": name} for name in names)]))
    bundle = _sealed(folder, key)
    after = _tally_of(bundle)
    assert after.pop("Controls of the entity's own: design")[0] == "500"
    assert after == before
    assert _unmet(bundle, own_frameworks={}).keys() == {"NOT_EXPECTED"}


def _tally_of(bundle: Bundle) -> dict[str, list[str]]:
    import html  # noqa: PLC0415 - to read a page
    import re  # noqa: PLC0415

    page = (bundle.folder / "reports/report.html").read_text().partition("</header>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [[html.unescape(re.sub("<[^>]+>", "", one)) for one in re.split("</t[dh]>", row)] for row in rows]
    return {row[0]: row[1:-1] for row in cells if ": design" in row[0] or ": implemented" in row[0]}


def test_a_bundle_without_the_tag_that_was_signed_does_not_pass_for_that_release(bundle: Bundle) -> None:
    line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    assert "no annotated tag of that name" in _unmet(bundle, tag="v1.0", tag_signers=[line])["NOT_EXPECTED"]


def test_an_organisation_that_no_answer_names_is_not_the_one_expected(bundle: Bundle) -> None:
    assert "the bundle has ''" in _unmet(bundle, organization="o-example123")["NOT_EXPECTED"]
