resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_sqs_queue" "trade" {
  name = "trade"
}

variable "policy" {
  type = string
}

resource "aws_sqs_queue_policy" "trade" {
  queue_url = aws_sqs_queue.trade.id
  policy    = var.policy
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = aws_sqs_queue.trade.arn # expect: unknown
}
