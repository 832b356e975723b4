"""No wildcard in the actions that a policy allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import wildcard
from tapeproof.gate.aws.judging import each_document
from tapeproof.gate.engine.rule import judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, PolicyDocument, Stack, Statement, Value
    from tapeproof.gate.engine.rule import Parameters


@each_document()
def judge(statement: Statement, document: PolicyDocument, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each allowed action that may match more than one."""
    if not statement.allows:
        return

    def of_action(action: Value) -> Iterator[Finding]:
        found = wildcard(action)
        if found:
            name = action.text() if action.known else f"an action with {found}"
            yield document.holder.fails(
                action.at(action.place_of(found)) if not action.known else action,
                f"{name} allows every action it matches, also those that AWS adds later",
                fix="name each action",
                expected="actions without * or ?",
            )
        else:
            action.text()

    if statement.not_actions:
        yield document.holder.fails(
            statement.places["NotAction"],
            "NotAction in an Allow statement allows every action but those named",
            fix="use Action and name each action",
            expected="no NotAction in Allow statements",
        )
    yield from judge_all(statement.actions, of_action)
