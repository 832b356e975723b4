# Pipe to a bus.
# Source: EventBridge User Guide: Pipes permissions

resource "aws_sqs_queue" "from" {
  name = "from"
}

resource "aws_cloudwatch_event_bus" "market" {
  name = "market"
}

resource "aws_cloudwatch_event_rule" "all" {
  name           = "all"
  event_bus_name = aws_cloudwatch_event_bus.market.name
  event_pattern  = jsonencode({ source = ["Pipe move"] })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule           = aws_cloudwatch_event_rule.all.name
  event_bus_name = aws_cloudwatch_event_bus.market.name
  arn            = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "work" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.all.arn
}

resource "aws_iam_role" "send" {
  name               = "send"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "pipes.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.send.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "events:PutEvents"], Resource = "*" }] })
}

resource "aws_pipes_pipe" "move" {
  name     = "move"
  role_arn = aws_iam_role.send.arn
  source   = aws_sqs_queue.from.arn
  target   = aws_cloudwatch_event_bus.market.arn
}
