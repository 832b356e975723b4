variable "region" {}
resource "aws_sqs_queue" "q" {
  region = var.region
  name   = "q"
}
resource "aws_sqs_queue_policy" "p" {
  region    = var.region
  queue_url = aws_sqs_queue.q.url
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn, Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.r.arn } } }] })
}
resource "aws_cloudwatch_event_rule" "r" {
  region        = var.region
  name          = "r"
  event_pattern = jsonencode({ source = ["feeds"] })
}
resource "aws_cloudwatch_event_target" "t" {
  region = var.region
  rule   = aws_cloudwatch_event_rule.r.name
  arn    = aws_sqs_queue.q.arn
}
