"""What a role needs to start a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.tasks import may_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

ROOT = """
resource "aws_iam_role" "task" {{
  name               = "task"
  assume_role_policy = "{{}}"
}}
resource "aws_iam_role" "starts" {{
  name               = "starts"
  assume_role_policy = "{{}}"
}}
resource "aws_iam_role_policy" "starts" {{
  role   = aws_iam_role.starts.id
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = {actions}, Resource = "*" }}] }})
}}
resource "aws_ecs_task_definition" "work" {{
  family = "work"
  {roles}
}}
resource "aws_scheduler_schedule" "tick" {{
  name = "tick"
  target {{
    ecs_parameters {{
      task_definition_arn = aws_ecs_task_definition.work.arn
    }}
  }}
}}
"""
BOTH = "task_role_arn = aws_iam_role.task.arn\n  execution_role_arn = aws_iam_role.task.arn"


@pytest.mark.parametrize(
    ("actions", "roles", "stops"),
    [
        ('["ecs:RunTask", "iam:PassRole"]', BOTH, 0),
        ('["ecs:RunTask"]', BOTH, 2),
        ('["ecs:RunTask"]', "", 0),
        ('["iam:PassRole"]', BOTH, 1),
        ('["ecs:Describe*"]', "task_role_arn = aws_iam_role.task.arn", 2),
    ],
)
def test_a_role_runs_a_task_and_passes_the_roles_that_it_runs_with(
    site_of: Callable[[str], Site], actions: str, roles: str, stops: int
) -> None:
    site = site_of(ROOT.format(actions=actions, roles=roles))
    starts = next(one for one in site.stack.resources("aws_iam_role") if one.address == "aws_iam_role.starts")
    (schedule,) = site.stack.resources("aws_scheduler_schedule")
    task = schedule.at("target.ecs_parameters.task_definition_arn")
    assert [stop.code for stop in may_run(site, starts, task)] == ["role"] * stops
