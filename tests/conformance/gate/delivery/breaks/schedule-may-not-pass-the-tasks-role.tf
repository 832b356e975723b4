# Starting a task hands its role over.
# Source: Scheduler User Guide: templated targets, ECS RunTask
# Stops at: aws_scheduler_schedule.tick, aws_iam_role.send, aws_iam_role_policy.send

resource "aws_ecs_cluster" "work" {
  name = "work"
}

resource "aws_iam_role" "task" {
  name               = "task"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_ecs_task_definition" "work" {
  family                = "work"
  task_role_arn         = aws_iam_role.task.arn
  container_definitions = jsonencode([{ name = "work", image = "work" }])
}

resource "aws_iam_role" "send" {
  name               = "send"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.send.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ecs:RunTask"], Resource = "*" }] })
}

resource "aws_scheduler_schedule" "tick" {
  name                = "tick"
  schedule_expression = "rate(1 hour)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_ecs_cluster.work.arn
    role_arn = aws_iam_role.send.arn
    ecs_parameters {
      task_definition_arn = aws_ecs_task_definition.work.arn
    }
  }
}
