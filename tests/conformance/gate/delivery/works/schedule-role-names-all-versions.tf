# Schedule role names all versions.
# Source: Scheduler User Guide: execution role

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.work.function_name
  function_version = "1"
}

resource "aws_iam_role" "send" {
  name               = "send"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.send.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = [aws_lambda_function.work.arn, "${aws_lambda_function.work.arn}:*"] }] })
}

resource "aws_scheduler_schedule" "tick" {
  name                = "tick"
  schedule_expression = "rate(1 hour)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_alias.live.arn
    role_arn = aws_iam_role.send.arn
  }
}
