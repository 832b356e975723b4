"""Reports are made of codes and numbers: replacing every sentence in the evidence changes no decision."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.commands.collecting import failed_items, list_lacking_items
from tapeproof.evidence.errors import NOT_GIVEN
from tapeproof.evidence.reports.html.report import HtmlReport
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ["was given", "absent", "30", "not", "observed", "pass", "fail", "365", "granite", "absent 7"]
SENTENCES = ("message", "observed", "expected", "fix", "text", "failure", "incomplete")


def _babbled(value: Any, chance: random.Random) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {
            key: " ".join(chance.choices(WORDS, k=5)) if key in SENTENCES and one and isinstance(one, str) else one
            for key, one in ((key, _babbled(one, chance)) for key, one in value.items())
        }
    return [_babbled(one, chance) for one in value] if isinstance(value, list) else value


def _retention(html: str) -> list[str]:
    return re.findall(r"<th scope=\"row\">[^<]*group[^<]*</th>.*?</tr>", html)


def test_the_retention_of_logs_is_drawn_from_numbers_and_not_from_sentences(tmp_path: Path) -> None:
    plain = Sample().bundle(tmp_path / "plain")
    folder = Sample().write(tmp_path / "babbled")
    criteria = folder / "controls/criteria.json"
    criteria.write_text(json.dumps(_babbled(json.loads(criteria.read_bytes()), random.Random(7))))
    babbled = write_bundle(folder)
    shown = [_retention((one.folder / "reports/report.html").read_text()) for one in (plain, babbled)]
    assert shown[0]
    assert shown[0] == shown[1]
    assert plain.assessment["counts"] == babbled.assessment["counts"]


def test_a_row_without_a_number_draws_nothing_whatever_it_says() -> None:
    report = HtmlReport()
    report._retention = {}
    report._note_retention({"resource": "a", "findings": [{"observed": "/retention_in_days = 30"}]})
    report._note_retention({"resource": "b", "findings": [{"observed": "granite", "measured": 90}]})
    report._note_retention({"resource": "c", "findings": [{"observed": "granite", "measured": None}]})
    assert report._retention == {"b": 90, "c": 0}


def test_whether_a_source_was_named_is_a_code_and_not_a_sentence(tmp_path: Path) -> None:
    for name, code in (("a", NOT_GIVEN), ("b", "failed")):
        target = tmp_path / "evidence" / name
        target.mkdir(parents=True)
        failure = "no plan was given" if code == "failed" else "granite"
        target.joinpath("item.json").write_text(
            json.dumps({"id": name, "status": "failed", "failure": failure, "failure_code": code})
        )
    assert list_lacking_items(failed_items(tmp_path)) == ["b"]
