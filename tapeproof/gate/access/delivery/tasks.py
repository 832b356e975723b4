"""What a role needs to start a task: to run it, and to hand it the roles that the task runs with.

Source: Amazon ECS Developer Guide, "Amazon ECS EventBridge IAM Role"; schedules and pipes start tasks with a role as
rules do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.roles import may_call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.delivery.facts import Stop
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["may_run"]


def may_run(site: Site, role: Resource, task: Value) -> Iterator[Stop]:
    """Yield why a role may not run a task, or not hand it the roles that the task runs with.

    Raises:
        Undecided: It cannot be told.
    """
    yield from may_call(site, role, ["ecs:RunTask"], site.world.text(task), task)
    for definition in site.stack.resolve(task, "aws_ecs_task_definition"):
        for name in ("task_role_arn", "execution_role_arn"):
            handed = definition[name]
            if not handed.is_unset:
                yield from may_call(site, role, ["iam:PassRole"], site.world.text(handed), task)
