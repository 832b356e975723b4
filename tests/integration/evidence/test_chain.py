"""Thirteen weekly bundles, verified as a whole in one command; then each way to spoil the chain, named."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.packing import pack
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tests.unit.evidence.resealing import reseal
from tests.unit.evidence.samples import NOW, Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

WEEKS = 13


def _make(
    folder: Path, key: Path, week: int, previous: Path | None, *, account: str = "111122223333", days: float = 0
) -> Bundle:
    sample = Sample()
    sample.as_of = NOW + timedelta(weeks=week, days=days)
    sample.cadence_days, sample.period_from = 7, NOW.isoformat()
    if week in {4, 5}:
        sample.live["sqs"] = {}
        sample.live["logs"]["aws_cloudwatch_log_group.trade"]["LogGroup"]["retentionInDays"] = 7
    run = sample.write(folder)
    for path in run.glob("evidence/live-*/item.json"):
        item = json.loads(path.read_bytes())
        item["source"]["account"] = account
        path.write_text(json.dumps(item))
    write_previous(run, previous)
    return write_bundle(run, signer=KeyFileSigner(key))


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory, key: Path) -> tuple[Path, str]:
    """Thirteen bundles as zip files in one folder, and the signer's fingerprint."""
    work, target = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("chain")
    last: Bundle | None = None
    for week in range(WEEKS):
        last = _make(work / f"week{week:02d}", key, week, last.zip if last else None)
        shutil.copy(last.zip, target)
    assert last is not None
    return target, last.fingerprint


@pytest.fixture
def keys(key: Path, other_key: Path) -> tuple[Path, Path]:
    """The signer's key, and another."""
    return key, other_key


def _verify(folder: Path, fingerprint: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main(["evidence", "verify", "--chain", str(folder), "--fingerprint", fingerprint])
    return status, capsys.readouterr().out


def test_a_quarter_of_weekly_bundles_verifies_as_a_whole_with_its_trend(
    chain: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = _verify(*chain, capsys)
    assert status == 0
    assert f"VERIFIED: {WEEKS} bundles, 0 findings, 0 changes" in told
    assert "trend       TP_LOG_1 failed in 2 bundles; repaired after 14 days" in told


def _drop(folder: Path, _key: Path, _other: Path) -> None:
    (folder / "week03.zip").unlink()


def _swap(folder: Path, key: Path, _other: Path) -> None:
    _make(folder / "x", key, 3, folder / "week02.zip", days=0.5).zip.replace(folder / "week03.zip")
    shutil.rmtree(folder / "x")


def _sign_again(folder: Path, _key: Path, other: Path) -> None:
    _make(folder / "x", other, 3, folder / "week02.zip").zip.replace(folder / "week03.zip")
    shutil.rmtree(folder / "x")


def _back_date(folder: Path, key: Path, _other: Path) -> None:
    _make(folder / "x", key, 5, folder / "week03.zip", days=-8).zip.replace(folder / "week05.zip")
    shutil.rmtree(folder / "x")


def _change_account(folder: Path, key: Path, _other: Path) -> None:
    _make(folder / "x", key, 5, folder / "week04.zip", account="444455556666").zip.replace(folder / "week05.zip")
    shutil.rmtree(folder / "x")


def _drop_the_first(folder: Path, _key: Path, _other: Path) -> None:
    (folder / "week00.zip").unlink()


def _cut(folder: Path, _key: Path, _other: Path) -> None:
    (folder / "week03.zip").write_bytes((folder / "week03.zip").read_bytes()[:5000])


SPOILED: dict[str, tuple[Callable[[Path, Path, Path], None], int, list[str]]] = {
    "dropped": (_drop, 1, ["PREVIOUS_MISMATCH  week04.zip", "GAP"]),
    "swapped": (_swap, 1, ["PREVIOUS_MISMATCH  week04.zip"]),
    "signed again": (_sign_again, 1, ["WRONG_KEY          week03.zip"]),
    "back-dated": (_back_date, 1, ["PREVIOUS_MISMATCH  week0"]),
    "another account": (_change_account, 4, ["CHANGED_ACCOUNTS   week05.zip: 111122223333 before, 444455556666 here"]),
    "begun late": (_drop_the_first, 1, ["CHAIN_BEGINS_LATE  week01.zip"]),
    "damaged": (_cut, 1, ["UNREADABLE         week03.zip", "PREVIOUS_MISMATCH  week04.zip"]),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_chain_with_one_bundle_spoiled_names_it(
    chain: tuple[Path, str], keys: tuple[Path, Path], tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "chain"
    later = [f"week{week:02d}.zip" for week in range(6, WEEKS)]
    shutil.copytree(chain[0], folder, ignore=shutil.ignore_patterns(*later))
    spoil, status, told = SPOILED[name]
    spoil(folder, *keys)
    for path in folder.glob("week*.zip.part"):
        path.unlink()
    found = _verify(folder, chain[1], capsys)
    assert found[0] == status
    assert [one for one in told if one not in found[1]] == []


def test_a_folder_without_bundles_is_no_chain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "verify", "--chain", str(tmp_path)]) == 5
    assert "holds no bundle" in capsys.readouterr().err


def _of_another_build(folder: Path, key: Path, *, tampered: bool = False) -> None:
    """Make the third bundle as another build would have: with its own verify.py and other words in its report."""
    made = _make(folder / "x", key, 2, folder / "week01.zip").folder
    (made / "verify.py").write_text((made / "verify.py").read_text() + "# another version\n")
    html = made / "reports/report.html"
    html.write_text(html.read_text().replace("Evidence report</p>", "Report of evidence</p>"))
    if tampered:
        results = made / "results.jsonl"
        results.write_bytes(results.read_bytes().replace(b'"verdict":"fail"', b'"verdict":"pass"', 1))
    reseal(made, key)
    names = ["manifest.json", *sorted(json.loads((made / "manifest.json").read_bytes())["files"], key=str)]
    files = [one if isinstance(one, str) else one["path"] for one in names]
    pack(made, [*files, "signature.dsse.json"], folder / "week02.zip")
    shutil.rmtree(made)
    (folder / "x.zip").unlink()


@pytest.mark.parametrize(("tampered", "status", "word"), [(False, 4, "UNMET"), (True, 1, "TAMPERED")])
def test_a_bundle_that_another_version_rendered_is_told_from_one_that_was_changed(
    chain: tuple[Path, str],
    keys: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    tampered: bool,
    status: int,
    word: str,
) -> None:
    folder = tmp_path / "chain"
    folder.mkdir()
    for week in range(4 if tampered else 2):
        shutil.copy(chain[0] / f"week{week:02d}.zip", folder)
    (folder / "week02.zip").unlink(missing_ok=True)
    _of_another_build(folder, keys[0], tampered=tampered)
    found = _verify(folder, chain[1], capsys)
    assert (found[0], found[1].splitlines()[-1].split(":")[0]) == (status, word)
    assert ("OTHER_VERSION      week02.zip: rendered by another build" in found[1]) is not tampered
    assert ("REPORT_DISAGREES" in found[1]) is False
