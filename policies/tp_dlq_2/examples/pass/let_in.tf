resource "aws_cloudwatch_event_bus" "market" {
  name = "market"
}

resource "aws_cloudwatch_event_rule" "trade" {
  name           = "trade"
  event_bus_name = aws_cloudwatch_event_bus.market.name
  event_pattern  = jsonencode({ source = ["marketdata"] })
}

resource "aws_sqs_queue" "undelivered" {
  name = "undelivered"
}

data "aws_iam_policy_document" "undelivered" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.undelivered.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.trade.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.id
  policy    = data.aws_iam_policy_document.undelivered.json
}

resource "aws_cloudwatch_event_target" "trade" {
  rule           = aws_cloudwatch_event_rule.trade.name
  event_bus_name = aws_cloudwatch_event_bus.market.name
  arn            = "arn:aws:lambda:us-east-1:123456789012:function:trade"
  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_iam_role" "seal" {
  name               = "seal"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "seal" {
  role = aws_iam_role.seal.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.undelivered.arn }]
  })
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
      arn = aws_sqs_queue.undelivered.arn
    }
  }
}

variable "suffix" {
  default = "dev"
}

# Rules that replace one another differ by a part of their names, and both send to one queue.
resource "aws_cloudwatch_event_rule" "quote" {
  name           = "quote-0a1b2c3d-${var.suffix}"
  event_bus_name = aws_cloudwatch_event_bus.market.name
  event_pattern  = jsonencode({ source = ["marketdata"] })
}

resource "aws_sqs_queue" "undelivered_quotes" {
  name = "undelivered-quotes"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:events:us-east-1:123456789012:rule/${aws_cloudwatch_event_bus.market.name}/quote-????????-${var.suffix}" } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "quote" {
  rule           = aws_cloudwatch_event_rule.quote.name
  event_bus_name = aws_cloudwatch_event_bus.market.name
  arn            = "arn:aws:lambda:us-east-1:123456789012:function:quote"
  dead_letter_config {
    arn = aws_sqs_queue.undelivered_quotes.arn
  }
}
