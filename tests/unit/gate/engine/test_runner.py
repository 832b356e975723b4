"""Policies judge a model; a rule that does not answer is a verdict of its own."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine import runner
from tapeproof.gate.engine.errors import CannotJudgeError, SourceError
from tapeproof.gate.engine.model import Finding, Span, Stack, Undecided, Unknown, Verdict
from tapeproof.gate.engine.policy import Policy, catalog
from tapeproof.gate.engine.report import Result

PLACE = Span("main.tf", 2, 3, 2, 9)


def test_a_rule_that_raises_is_a_verdict_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = next(policy for policy in catalog() if policy.id == "TP_LOG_1")

    def judge(_stack: Stack, _parameters: object) -> list[object]:
        raise ZeroDivisionError("oh")

    monkeypatch.setitem(policy.__dict__, "judge", judge)
    (result,) = runner.judge(Stack(root="x", front_end="hcl"), [policy])
    assert (result.verdict, "ZeroDivisionError: oh" in result.message) == ("unknown", True)


def test_a_fault_that_is_made_for_people_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = next(policy for policy in catalog() if policy.id == "TP_LOG_1")

    def judge(_stack: Stack, _parameters: object) -> list[object]:
        raise CannotJudgeError("a grant on the key cannot be told")

    monkeypatch.setitem(policy.__dict__, "judge", judge)
    (result,) = runner.judge(Stack(root="x", front_end="hcl"), [policy])
    assert (result.verdict, result.message) == ("unknown", "a grant on the key cannot be told")


def test_what_a_plan_cannot_know_is_settled_by_its_source() -> None:
    def result(verdict: str, message: str = "") -> Result:
        return Result(
            root="r", policy="TP_IAM_1", severity="high", verdict=verdict, resource="aws_x.y", message=message
        )

    unknown = result("unknown", "known after apply")
    assert [one.verdict for one in runner.settle_plan([unknown], [result("pass")])] == ["pass"]
    assert [one.verdict for one in runner.settle_plan([unknown], [result("pass"), result("fail")])] == ["fail"]
    assert runner.settle_plan([unknown], []) == [unknown]
    assert runner.settle_plan([unknown], [result("unknown")]) == [unknown]
    assert [one.verdict for one in runner.settle_plan([result("fail")], [result("pass")])] == ["fail"]


def policy_of(monkeypatch: pytest.MonkeyPatch, *answers: Finding | Exception) -> Policy:
    policy = next(policy for policy in catalog() if policy.id == "TP_LOG_1")

    def judge(_stack: Stack, _parameters: object) -> object:
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
            yield answer

    monkeypatch.setitem(policy.__dict__, "judge", judge)
    return policy


def test_what_a_rule_found_before_it_gave_up_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    undecided = Undecided(Unknown("it depends", span=PLACE))
    policy = policy_of(monkeypatch, Finding(Verdict.FAIL, "no", "a.b", PLACE), undecided)
    stack = Stack(root="x", front_end="hcl", lines={"main.tf": ("a", "b = 7")})
    results = runner.judge(stack, [policy])
    assert [(one.verdict, one.message, one.line) for one in results] == [
        ("fail", "no", 2),
        ("unknown", "it depends", 2),
    ]
    assert results[0].source_line == "b = 7"


def test_what_a_rule_says_twice_of_one_place_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Span("main.tf", 3, 3, 3, 9)
    told = [
        *[Finding(Verdict.FAIL, "no", "a.b", PLACE)] * 2,
        Finding(Verdict.FAIL, "no", "a.b", other),
        Finding(Verdict.FAIL, "no", "a.c", PLACE),
        Finding(Verdict.FAIL, "neither", "a.b", PLACE),
        Finding(Verdict.UNKNOWN, "no", "a.b", PLACE),
        *[Finding(Verdict.PASS, "", "a.d", PLACE)] * 2,
    ]
    results = runner.judge(Stack(root="x", front_end="hcl"), [policy_of(monkeypatch, *told)])
    assert len(results) == len(told) - 1


def test_what_could_not_be_read_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    stack = Stack(root="x", front_end="hcl", unread=(Unknown("module m is elsewhere", span=PLACE),))
    (unread, passed) = runner.judge(stack, [policy_of(monkeypatch, Finding(Verdict.PASS))])
    assert (unread.policy, unread.verdict, unread.message) == ("TP_GATE", "unknown", "module m is elsewhere")
    assert passed.verdict == "pass"


def test_a_policy_that_cannot_decide_at_this_stage_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = policy_of(monkeypatch, Finding(Verdict.FAIL))
    monkeypatch.setitem(policy.__dict__, "decidable_at", ("plan",))
    assert runner.judge(Stack(root="x", front_end="hcl"), [policy]) == []
    assert len(runner.judge(Stack(root="x", front_end="plan"), [policy])) == 1


@pytest.mark.parametrize(
    ("reason", "message"),
    [("the file is too large", "the file is too large"), ("'a' is declared twice", "'a' is declared twice")],
)
def test_a_file_that_cannot_be_read_is_unknown_at_its_place(reason: str, message: str) -> None:
    result = runner.judge_unreadable("x", SourceError("a.tf", reason, 3, 4), "secret = 1")
    assert (result.verdict, result.file, result.line, result.end_column) == ("unknown", "a.tf", 3, 5)
    assert result.message == message
    assert runner.judge_unreadable("x", SourceError("a.tf", reason)).end_column == 0


def test_outputs_are_told_of_a_policy_with_the_projects_own_parameters() -> None:
    policy = next(policy for policy in catalog() if policy.id == "TP_LOG_1")
    (summary,) = runner.summaries([policy], {"TP_LOG_1": {"minimum_days": 365}})
    assert summary.parameters["minimum_days"] == 365
    assert summary.title == policy.title
    assert {control["framework"] for control in summary.controls} >= {"nist-800-53-r5"}
