"""Judging roots in their environments, and what could not be judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.population import pack, unpacked_rows
from tapeproof.gate.judging import Judging
from tapeproof.gate.kept import Answer
from tapeproof.gate.question import Question
from tapeproof.gate.reading import Reading

GROUP = 'variable "days" {}\nresource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = var.days\n}\n'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stack").mkdir()
    (tmp_path / "stack" / "main.tf").write_text(GROUP)
    return tmp_path


def _answer(**asked: object) -> Answer:
    question = Question((Path("stack"),), ("TP_LOG_1",), **asked)  # type: ignore[arg-type]
    (answer,) = Judging(question, Reading(question, Documents())).answers([Path("stack")])
    return answer


def _verdicts(answer: Answer) -> list[tuple[str, str]]:
    return [(one.verdict, one.message) for one in (*answer.notable, *unpacked_rows(answer.quiet.content))]


@pytest.mark.parametrize(("days", "verdict"), [("30", "pass"), ("7", "fail"), (None, "unknown")])
def test_a_root_is_judged_with_the_variables_that_are_given(days: str | None, verdict: str) -> None:
    variables = () if days is None else (("days", days),)
    assert [one for one, _ in _verdicts(_answer(variables=variables))] == [verdict]


@pytest.mark.parametrize("broken", ["", 'resource "a" {', "x = " + "(" * 3000])
def test_files_are_parsed_once_for_all_environments(
    project: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    (project / "stack" / "broken.tf").write_text(broken)
    (project / ".tapeproof.yaml").write_text("roots:\n  stack:\n    var_files: [stack/a.tfvars, stack/b.tfvars]\n")
    for name in ("a", "b"):
        (project / "stack" / f"{name}.tfvars").write_text("days = 30\n")
    judging = Judging(Question((Path("stack"),), ("TP_LOG_1",)), Reading(Question((Path("stack"),)), Documents()))
    main = Path("stack/main.tf")
    parsed_before: list[bool] = []
    monkeypatch.setattr(judging, "_judge_batch", lambda batch, _: [_note(judging, parsed_before) for _ in batch])
    judging.answers([Path("stack")])
    assert parsed_before == [True, True]
    assert main in judging.sources.read


def _note(judging: Judging, parsed: list[bool]) -> Answer:
    parsed.append(Path("stack/main.tf") in judging.sources.read)
    return Answer([], pack("stack", [])[1], {}, frozenset(), frozenset(), frozenset())


def test_a_finding_of_one_environment_names_it(project: Path) -> None:
    for name, days in (("dev", 7), ("prod", 30)):
        (project / "stack" / f"{name}.tfvars").write_text(f"days = {days}\n")
    files = "[stack/dev.tfvars, stack/prod.tfvars]"
    (project / ".tapeproof.yaml").write_text(f"roots:\n  stack:\n    var_files: {files}\n")
    ((verdict, message),) = _verdicts(_answer())
    assert verdict == "fail"
    assert message.endswith("(with stack/dev.tfvars)")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('resource "a" {', "main.tf"),
        ("x = [" + "[" * 400, "main.tf"),
        ('resource "aws_sqs_queue" "q" {\n  name = file("none")\n}\nresource "aws_sqs_queue" "q" {}\n', ""),
    ],
)
def test_a_root_that_cannot_be_read_is_unknown_and_says_where(project: Path, source: str, told: str) -> None:
    (project / "stack" / "main.tf").write_text(source)
    answer = _answer()
    assert {one.verdict for one in answer.notable} == {"unknown"}
    assert told in answer.notable[0].file


def test_an_answer_knows_the_files_it_is_made_from(project: Path) -> None:
    (project / "stack" / "waived.tf").write_text("# tapeproof:waive TP_LOG_1\n")
    answer = _answer(variables=(("days", "30"),))
    assert {"stack/main.tf", "stack/waived.tf"} <= set(answer.states)
    assert answer.read == answer.files == {"stack/main.tf", "stack/waived.tf"}
    assert answer.waiving == {"stack/waived.tf"}


def test_a_root_that_took_too_long_is_unknown_and_not_kept() -> None:
    question = Question((Path("stack"),), ("TP_LOG_1",), variables=(("days", "30"),))
    reading = Reading(question, Documents())
    reading.deadline = 0.0
    (answer,) = Judging(question, reading).answers([Path("stack")])
    assert [one.verdict for one in answer.notable] == ["unknown"]
    assert "the root was not judged" in answer.notable[0].message
    assert answer.states == {"stack": "not judged"}


def test_a_run_whose_time_is_over_while_it_reads_says_how_to_allow_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPEPROOF_DEADLINE", "0.000001")
    with pytest.raises(CannotJudgeError, match="allow more seconds in TAPEPROOF_DEADLINE"):
        _answer(variables=(("days", "30"),))


def test_a_policy_that_is_not_there_is_refused() -> None:
    question = Question((Path("stack"),), ("TP_NONE_1",))
    with pytest.raises(CannotJudgeError, match="there is no policy TP_NONE_1"):
        Judging(question, Reading(question, Documents()))


def test_a_plan_that_is_not_there_is_an_error_and_no_empty_answer() -> None:
    question = Question(policies=("TP_LOG_1",), plan=Path("none.json"))
    judging = Judging(question, Reading(question, Documents()))
    with pytest.raises(CannotJudgeError):
        judging.elsewhere([], [])
    assert [policy.id for policy in judging.summaries()] == ["TP_LOG_1"]
