locals {
  jobs  = { close = "rate(1 hour)", open = "cron(0 8 * * ? *)" }
  other = { close = "open", open = "close" }
}

resource "aws_sqs_queue" "q" {
  for_each = local.jobs
  name     = each.key
}

resource "aws_iam_role" "r" {
  for_each = local.jobs
  name     = each.key
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "r" {
  for_each = local.jobs
  role     = aws_iam_role.r[each.key].name
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.q[each.key].arn }] })
}

resource "aws_scheduler_schedule" "s" {
  for_each            = local.jobs
  name                = each.key
  schedule_expression = each.value
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_sqs_queue.q[each.key].arn
    role_arn = aws_iam_role.r[local.other[each.key]].arn
  }
}
