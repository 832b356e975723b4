"""No sentence of a finding is read by anything but people: with other words in them, a bundle is judged as before."""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.checking.command import run_verification
from tapeproof.evidence.verifier.findings import Finding
from tapeproof.evidence.verifier.screen import configure_verification
from tests.unit.evidence.resealing import reseal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


RESULTS, CRITERIA = "results.jsonl", "controls/criteria.json"


def remove_all(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def write(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text)


def replace_text(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "a file is gone": lambda folder: (folder / RESULTS).unlink(),
    "the manifest is gone": lambda folder: (folder / "manifest.json").unlink(),
    "everything is gone": remove_all,
    "a file more": write("more.txt", "more"),
    "a verdict": replace_text(RESULTS, '"pass"', '"fail"'),
    "no JSON": write(CRITERIA, "{"),
    "other criteria": write(CRITERIA, "[]"),
    "the run": replace_text("run.json", '"id"', '"di"'),
    "the signature": replace_text("signature.dsse.json", '"sig"', '"gis"'),
    "a report": replace_text("reports/report.html", "<title>", "<title>x"),
}


def answer(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """Return the exit status of the verifier, and its JSON without the sentences."""
    parser = argparse.ArgumentParser()
    configure_verification(parser)
    status = run_verification(parser.parse_args([*arguments, "--json"]), "", None)
    return status, _without_messages(json.loads(capsys.readouterr().out))


def _without_messages(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {name: _without_messages(one) for name, one in value.items() if name != "message"}
    return [_without_messages(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("sealed", [False, True], ids=["as found", "sealed again"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_verdict_does_not_depend_on_any_word_of_a_message(
    name: str,
    bundle: Bundle,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    sealed: bool,
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(bundle.folder, folder)
    CHANGES[name](folder)
    if sealed and (folder / "manifest.json").exists():
        reseal(folder, None)
    asked = [[str(folder)], [str(folder), "--fingerprint", bundle.fingerprint]]
    before = [answer(arguments, capsys) for arguments in asked]
    make = Finding.__new__

    def reword(cls: type[Finding], code: str, where: str, message: str) -> Finding:
        del message
        return make(cls, code, where, secrets.token_hex(8))

    monkeypatch.setattr(Finding, "__new__", reword)
    assert [answer(arguments, capsys) for arguments in asked] == before
    assert before[0][1]["findings"] or name == "nothing" or sealed
