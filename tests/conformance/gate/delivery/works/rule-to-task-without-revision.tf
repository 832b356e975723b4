# The role may run every revision, by the attribute that the provider has for it.
# Source: Terraform aws_ecs_task_definition, arn_without_revision.

resource "aws_ecs_cluster" "jobs" {
  name = "jobs"
}

resource "aws_ecs_task_definition" "job" {
  family                = "job"
  container_definitions = "[]"
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_iam_role" "events" {
  name               = "events"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "events" {
  role   = aws_iam_role.events.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "ecs:RunTask", Resource = "${aws_ecs_task_definition.job.arn_without_revision}:*" }] })
}

resource "aws_cloudwatch_event_target" "job" {
  rule     = aws_cloudwatch_event_rule.hourly.name
  arn      = aws_ecs_cluster.jobs.arn
  role_arn = aws_iam_role.events.arn
  ecs_target {
    task_definition_arn = aws_ecs_task_definition.job.arn
  }
}
