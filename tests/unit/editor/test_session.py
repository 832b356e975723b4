"""What an editor is told while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.editor.session import Session
from tapeproof.gate.checking import check
from tapeproof.gate.question import Question

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.report import Result

BAD = 'resource "aws_cloudwatch_log_group" "trade" {\n  name              = "/aws/trade"\n  retention_in_days = 7\n}\n'
GOOD = BAD.replace("= 7", "= 30")
LOCAL = "locals {\n  days = 30\n}\n\n" + BAD.replace("= 7", "= local.days")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / ".tapeproof.yaml").write_text("profile: aws-core\n", encoding="utf-8")
    (tmp_path / "main.tf").write_text(GOOD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def session(project: Path) -> Session:
    made = Session()
    made.hold("main.tf", GOOD)
    made.judge_all()
    return made


def _told(results: list[Result], policy: str = "TP_LOG_1") -> list[tuple[str, int]]:
    return [(one.policy, one.line) for one in results if one.policy == policy]


def test_an_edit_of_a_resource_is_judged_at_once_and_again_when_it_is_taken_back(session: Session) -> None:
    assert _told(session.results_in("main.tf")) == []
    session.hold("main.tf", f"# a line more\n{BAD}")
    assert _told(session.judge_edit("main.tf")) == [("TP_LOG_1", 4)]
    session.hold("main.tf", GOOD)
    assert _told(session.judge_edit("main.tf")) == []


def test_an_edit_is_judged_by_the_parameters_of_its_path(project: Path, session: Session) -> None:
    override = "{policy: TP_LOG_1, parameters: {minimum_days: 7}, paths: [main.tf], reason: why}"
    (project / ".tapeproof.yaml").write_text(f"overrides: [{override}]\n", encoding="utf-8")
    session.judge_all()
    session.hold("main.tf", BAD)
    assert _told(session.judge_edit("main.tf")) == []
    session.hold("main.tf", BAD.replace("= 7", "= 3"))
    assert _told(session.judge_edit("main.tf")) == [("TP_LOG_1", 3)]


def test_what_an_edit_means_for_other_blocks_is_told_when_all_is_judged(session: Session) -> None:
    session.hold("main.tf", LOCAL)
    session.judge_all()
    session.hold("main.tf", LOCAL.replace("30", "5"))
    assert _told(session.judge_edit("main.tf")) == []
    session.judge_all()
    assert _told(session.judge_edit("main.tf")) == [("TP_LOG_1", 2)]


def test_findings_move_with_the_lines_above_them(session: Session) -> None:
    session.hold("main.tf", BAD)
    session.judge_all()
    session.hold("main.tf", f"\n\n{BAD}")
    assert _told(session.judge_edit("main.tf")) == [("TP_LOG_1", 5)]


def test_what_does_not_parse_is_told_where_it_is_and_the_rest_stays(session: Session) -> None:
    session.hold("main.tf", BAD)
    session.judge_all()
    broken = f"{BAD}\nlocals {{\n  a = = 1\n}}\n"
    session.hold("main.tf", broken)
    results = session.judge_edit("main.tf")
    assert _told(results) == [("TP_LOG_1", 3)]
    assert _told(results, "TP_GATE") == [("TP_GATE", 7)]
    session.judge_all()
    assert _told(session.judge_edit("main.tf")) == [("TP_LOG_1", 3)]


def test_what_is_on_the_disk_counts_again_when_the_editor_closes_a_file(session: Session) -> None:
    session.hold("main.tf", BAD)
    session.judge_all()
    session.release("main.tf")
    session.judge_all()
    assert _told(session.results_in("main.tf")) == []


def test_unsaved_waivers_count(session: Session) -> None:
    waived = BAD.replace("= 7", '= 7 # tapeproof:waive TP_LOG_1 reason="r" owner="o" expires=2099-01-01')
    session.hold("main.tf", waived)
    assert _told(session.judge_edit("main.tf")) == []
    session.judge_all()
    assert _told(session.judge_edit("main.tf")) == []


def test_an_answer_from_unsaved_text_is_not_taken_for_one_about_the_file(project: Path, session: Session) -> None:
    session.hold("main.tf", BAD)
    session.judge_all()
    assert _told(list(check(Question()).notable)) == []


def test_settings_that_cannot_be_read_are_a_problem_and_no_silence(project: Path, session: Session) -> None:
    (project / ".tapeproof.yaml").write_text("profil: aws-core\n", encoding="utf-8")
    session.judge_all()
    assert ".tapeproof.yaml" in session.problem


def test_a_policy_is_described_by_what_it_asks_and_how_to_meet_it(session: Session) -> None:
    page = session.describe_policy("TP_LOG_1")
    assert page.startswith("**TP_LOG_1** (")
    assert "```hcl" in page
    assert session.describe_policy("TP_NONE_1") == ""


def test_a_module_is_judged_where_its_root_calls_it(project: Path) -> None:
    (project / "modules" / "logs").mkdir(parents=True)
    module = 'variable "days" {\n  type = number\n}\n\n' + BAD.replace("= 7", "= var.days")
    (project / "modules" / "logs" / "main.tf").write_text(module, encoding="utf-8")
    (project / "main.tf").write_text(
        'module "logs" {\n  source = "./modules/logs"\n  days   = 30\n}\n', encoding="utf-8"
    )
    session = Session()
    session.hold("modules/logs/main.tf", module)
    session.judge_all()
    session.hold("modules/logs/main.tf", module.replace("= var.days", "= var.days - 29"))
    assert _told(session.judge_edit("modules/logs/main.tf")) == [("TP_LOG_1", 7)]
