from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.rollup import UNVERIFIED, roll_up
from tests.unit.evidence.resealing import reseal
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

FAILING = "aws_cloudwatch_log_group.trade"


def _bundle(folder: Path, key: Path, suffix: str, *, failing: bool = False) -> Bundle:
    sample = Sample()
    if failing:
        sample.live["logs"][FAILING]["LogGroup"]["retentionInDays"] = 7
    run = json.loads((sample.write(folder) / "run.json").read_bytes())
    run["parameters"]["environment_suffix"] = suffix
    (folder / "run.json").write_text(json.dumps(run))
    return write_bundle(folder, signer=KeyFileSigner(key))


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory, key: Path) -> tuple[Bundle, Bundle]:
    """Two environments of one account; in the second one log group is kept too short."""
    place = tmp_path_factory.mktemp("environments")
    return _bundle(place / "a", key, "dev"), _bundle(place / "b", key, "prod", failing=True)


def test_what_is_unmet_in_one_environment_is_unmet_in_the_whole(bundles: tuple[Bundle, Bundle]) -> None:
    good, bad = bundles
    found = roll_up([str(one.zip) for one in bundles], [good.fingerprint])
    assert [one.place for one in found.columns] == ["111122223333/dev", "111122223333/prod"]
    unmet = {(subject, effect): statuses for subject, effect, statuses in found.unmet}
    assert unmet["TP_LOG_1", "implemented"][1] in {"fail", "unknown"}
    assert ("TP_LOG_1", "implemented") in {(subject, effect) for subject, effect, _ in found.differs}
    for one, bundle in zip(found.columns, (good, bad), strict=True):
        own = {policy["id"]: policy["effects"]["implemented"] for policy in bundle.assessment["policies"]}
        assert {name: one.statuses[name, "implemented"] for name in own} == own
        assert sum(one.counts["design"].values()) == len(own) + len(bundle.assessment["controls"])
    assert found.exit_status == 0


def test_a_bundle_that_does_not_verify_shows_nothing_and_is_counted_nowhere(
    bundles: tuple[Bundle, Bundle], key: Path, tmp_path: Path
) -> None:
    good, bad = bundles
    shutil.copytree(bad.folder, tmp_path / "bad")
    path = tmp_path / "bad/assessment.json"
    path.write_bytes(path.read_bytes().replace(b'"fail"', b'"pass"'))
    reseal(tmp_path / "bad", key)
    found = roll_up([str(good.zip), str(tmp_path / "bad")], [good.fingerprint], ["111122223333/prod"])
    assert found.exit_status == 1
    assert [one.word for one in found.columns] == ["VERIFIED", "TAMPERED"]
    assert found.missing == ["111122223333/prod"]
    assert {statuses[1] for _, _, statuses in found.unmet} == {UNVERIFIED}
    assert found.columns[1].counts == {}


def test_an_environment_that_is_left_out_is_missed(bundles: tuple[Bundle, Bundle]) -> None:
    found = roll_up([str(bundles[0].zip)], [bundles[0].fingerprint], ["111122223333/dev", "111122223333/prod"])
    assert (found.missing, found.exit_status) == (["111122223333/prod"], 4)


def test_two_bundles_of_one_environment_are_both_shown_and_named(bundles: tuple[Bundle, Bundle]) -> None:
    found = roll_up([str(bundles[1].zip), str(bundles[1].folder)], [bundles[0].fingerprint])
    assert (found.twice, found.exit_status) == (["111122223333/prod"], 4)
    assert len(found.columns) == 2


def test_a_signer_that_nobody_named_is_not_verified(bundles: tuple[Bundle, Bundle]) -> None:
    found = roll_up([str(bundles[0].zip)], ["sha256:" + "0" * 64])
    assert ([one.word for one in found.columns], found.exit_status) == (["UNANCHORED"], 3)


def test_the_command_prints_text_or_json_and_writes_one_page(
    bundles: tuple[Bundle, Bundle], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, named = tmp_path / "page.html", [str(one.zip) for one in bundles]
    command = ["evidence", "rollup", *named, "--fingerprint", bundles[0].fingerprint]
    assert main([*command, "--html", str(page)]) == 0
    told = capsys.readouterr().out
    assert "not met     TP_LOG_1 implemented: 111122223333/dev pass, 111122223333/prod" in told
    first = page.read_bytes()
    assert main([*command[:2], *reversed(named), *command[4:], "--html", str(page), "--json"]) == 0
    assert page.read_bytes() == first
    assert {one["place"] for one in json.loads(capsys.readouterr().out)["columns"]} == {
        "111122223333/dev",
        "111122223333/prod",
    }
    html = first.decode()
    assert "Not met in at least one" in html
    assert "<script" not in html
    assert "111122223333/prod" in html
