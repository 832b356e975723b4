"""What the demonstration does, a stage at a time."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from tapeproof.local import stages
from tapeproof.local.errors import LocalStackError
from tapeproof.local.stages import CLOSING, STAGES, Demonstration
from tapeproof.ops.manifest import Manifest, Planned
from tapeproof.ops.reconciliation import Difference, Reconciliation, Row
from tapeproof.ops.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def demo() -> Callable[..., Demonstration]:
    """Return a function that makes a demonstration on a stack that answers as it is told."""

    def make(**stack: Any) -> Demonstration:  # noqa: ANN401 - a stand-in
        return Demonstration(SimpleNamespace(**stack), Screen(Console(file=io.StringIO())), 10, 7)  # type: ignore[arg-type]

    return make


def test_the_real_stages_end_with_proof_and_nothing_running() -> None:
    assert [stage.run.__name__ for stage in STAGES][:3] == ["build_zip", "start_aws", "apply_stack"]
    assert [stage.run.__name__ for stage in CLOSING] == ["destroy_stack", "prove_nothing_is_left", "stop_aws"]
    assert all(stage.run.__doc__ for stage in (*STAGES, *CLOSING))


@pytest.mark.parametrize("stage", [stages.read_newest, stages.seal_log, stages.start_functions])
def test_a_stage_that_needs_the_stack_says_so_when_it_is_not_applied(
    demo: Callable[..., Demonstration], stage: Callable[[Demonstration], str]
) -> None:
    with pytest.raises(LocalStackError, match="not applied"):
        stage(demo(target=SimpleNamespace(client=lambda _: None)))


def test_a_session_that_was_not_published_cannot_be_accounted_for(demo: Callable[..., Demonstration]) -> None:
    with pytest.raises(LocalStackError, match="no session was published"):
        stages.account_for_session(demo())


def _published(demo: Demonstration, account: Reconciliation, monkeypatch: pytest.MonkeyPatch) -> Demonstration:
    manifest = Manifest(Path("run.jsonl"), "run", 0, "test")
    demo.manifest, demo.follower = manifest, SimpleNamespace()  # type: ignore[assignment]
    player = SimpleNamespace(account=lambda *_, **__: account)
    monkeypatch.setattr(Demonstration, "player", lambda _: player)
    return demo


def test_every_decision_is_accounted_for_or_the_stage_fails(
    demo: Callable[..., Demonstration], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Reconciliation()
    account.rows["kraken", "Trade"] = Row(due=2, ended=Counter({"RECORDED": 2}))
    assert stages.account_for_session(_published(demo(), account, monkeypatch)) == "2 of 2 decisions, 0 missing"
    account.differences = [Difference(f"e-{number}", "kraken", "Trade", "", ()) for number in range(30)]
    account.refused = [(Planned(0, "kraken", "Trade", "record"), "too large")]
    with pytest.raises(LocalStackError, match="31 events are not accounted for") as failed:
        stages.account_for_session(_published(demo(), account, monkeypatch))
    assert failed.value.diagnostics().count("missing: ") == 20
    assert "run.jsonl" in failed.value.diagnostics()


@pytest.mark.parametrize(
    ("stage", "stack", "said"),
    [
        (stages.check_drift, {"prove_no_drift": lambda: None}, "nothing would change"),
        (stages.stop_aws, {"down": lambda: True}, "stopped"),
        (stages.stop_aws, {"down": lambda: False}, "it did not run"),
        (stages.prove_nothing_is_left, {"aws": SimpleNamespace(find_running=lambda: None)}, "it does not run"),
        (
            stages.prove_nothing_is_left,
            {"aws": SimpleNamespace(find_running=lambda: 1), "prove_nothing_is_left": lambda: None},
            "nothing is left in any service",
        ),
        (stages.destroy_stack, {"workspace": SimpleNamespace(terraform_state=Path("/none"))}, "nothing was applied"),
    ],
)
def test_a_stage_says_in_a_line_what_came_of_it(
    demo: Callable[..., Demonstration], stage: Callable[[Demonstration], str], stack: dict[str, Any], said: str
) -> None:
    assert stage(demo(**stack)) == said
