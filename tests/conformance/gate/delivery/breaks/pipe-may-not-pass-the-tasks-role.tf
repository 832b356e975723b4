# The same through a pipe.
# Source: EventBridge User Guide: Pipes permissions
# Stops at: aws_pipes_pipe.move, aws_iam_role.send, aws_iam_role_policy.send

resource "aws_sqs_queue" "from" {
  name = "from"
}

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
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "pipes.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.send.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "ecs:RunTask"], Resource = "*" }] })
}

resource "aws_pipes_pipe" "move" {
  name     = "move"
  role_arn = aws_iam_role.send.arn
  source   = aws_sqs_queue.from.arn
  target   = aws_ecs_cluster.work.arn
  target_parameters {
    ecs_task_parameters {
      task_definition_arn = aws_ecs_task_definition.work.arn
    }
  }
}
