"""Every action in a policy document is one that AWS has."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tapeproof.gate.aws.actions import describe_missing, exists, nearest
from tapeproof.gate.aws.arns import HOLE, shape
from tapeproof.gate.aws.judging import each_document
from tapeproof.gate.engine.rule import judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, PolicyDocument, Stack, Statement, Value
    from tapeproof.gate.engine.rule import Parameters


@each_document()
def judge(statement: Statement, document: PolicyDocument, _stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each action, or pattern, that stands for none of AWS's."""

    def of_action(action: Value) -> Iterator[Finding]:
        name = shape(action).replace(HOLE, "*")
        further = parameters["further_actions"]
        if exists(name) or any(fnmatchcase(name.lower(), one.lower()) for one in further):
            return
        message = describe_missing(name, allowed=statement.allows)
        near = nearest(name)
        fix = f"did you mean {near}?" if near else "look it up in the service authorization reference"
        yield document.holder.fails(action, message, fix=fix, expected="an action that AWS has")

    yield from judge_all((*statement.actions, *statement.not_actions), of_action)
