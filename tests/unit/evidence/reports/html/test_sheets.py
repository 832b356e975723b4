from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.evidence.reports.html.sheets import PASSES_SHOWN
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


def _sheet(bundle: Bundle, policy: str) -> str:
    text = (bundle.folder / "reports/report.html").read_text()
    return text[text.index(f'id="sheet-{policy}"') :].split("</article>", maxsplit=1)[0]


def test_each_resource_that_passes_stands_with_its_evidence_below_what_was_observed(bundle: Bundle) -> None:
    sheet = _sheet(bundle, "TP_LOG_1").replace("<wbr>", "")
    assert 'TP_LOG_1 at live: <span class="s pass">pass</span> 1 resource</h4>' in sheet
    group = sheet[sheet.index("at live: ") :]
    assert re.search(r"<span class=why>observed <code>[^<]*/LogGroup/retentionInDays = 30[^<]*</code></span>", group)
    assert "<code>aws_cloudwatch_log_group.trade</code>" in group
    assert '<a href="#evidence-live-logs">live-logs:1</a>' in group


def test_what_does_not_pass_has_a_row_of_its_own_with_what_is_expected(bundle: Bundle) -> None:
    sheet = _sheet(bundle, "EV_RET_1")
    table = sheet[sheet.index('<table class="rows">') :].split("</table>", maxsplit=1)[0]
    assert set(re.findall(r'class="s ([a-z-]+)"', table)) == {"fail"}
    assert "observed <code>" in table
    assert "expected logs are kept for at least 365 days" in table
    assert "1 resource of 1 not as required" in table


def test_resources_that_look_alike_to_their_judges_share_what_was_observed_and_all_are_counted(tmp_path: Path) -> None:
    sample = Sample()
    alarm = sample.live["cloudwatch"]["aws_cloudwatch_metric_alarm.errors"]
    names = [f"aws_cloudwatch_metric_alarm.a{number:03d}" for number in range(PASSES_SHOWN + 5)]
    sample.live["cloudwatch"] = dict.fromkeys(names, alarm)
    sheet = _sheet(sample.bundle(tmp_path / "run"), "TP_OBS_1")
    live = sheet[sheet.index("TP_OBS_1 at live: ") :]
    assert f"{len(names)} resources</h4>" in live
    assert live.count("<p>observed ") == 1
    assert live.count("<li>") == PASSES_SHOWN
    assert "<p>5 more resources that pass stand in <code>reports/matrix.csv</code>" in live
