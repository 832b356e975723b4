resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_cloudwatch_event_rule" "quote" {
  name          = "quote"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_sqs_queue" "closed" {
  name = "closed"
}

resource "aws_sqs_queue" "for_trade" {
  name = "for_trade"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:us-east-1:123456789012:for_trade"
      Principal = { Service = "events.amazonaws.com" }
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.trade.arn } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "none" { # expect: fail
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:trade"
}

resource "aws_cloudwatch_event_target" "refused" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:trade"
  dead_letter_config {
    arn = aws_sqs_queue.closed.arn # expect: fail
  }
}

resource "aws_cloudwatch_event_target" "for_another_rule" {
  rule = aws_cloudwatch_event_rule.quote.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:quote"
  dead_letter_config {
    arn = aws_sqs_queue.for_trade.arn # expect: fail
  }
}

resource "aws_iam_role" "seal" {
  name               = "seal"
  assume_role_policy = "{}"
}

resource "aws_scheduler_schedule" "seal" {
  name                = "seal"
  schedule_expression = "rate(1 minute)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:lambda:us-east-1:123456789012:function:seal"
    role_arn = aws_iam_role.seal.arn
    dead_letter_config {
      arn = aws_sqs_queue.closed.arn # expect: fail
    }
  }
}

resource "aws_scheduler_schedule" "bare" {
  name                = "bare"
  schedule_expression = "rate(1 minute)"
  flexible_time_window {
    mode = "OFF"
  }
  target { # expect: fail
    arn      = "arn:aws:lambda:us-east-1:123456789012:function:seal"
    role_arn = aws_iam_role.seal.arn
  }
}
