provider "aws" { region = "us-east-1" }
resource "aws_cloudwatch_event_bus" "central" { name = "central" }
resource "aws_cloudwatch_event_bus" "team" { name = "team" }
resource "aws_cloudwatch_event_rule" "forward" {
  name           = "forward"
  event_bus_name = aws_cloudwatch_event_bus.team.name
  event_pattern  = jsonencode({ source = [{ prefix = "team." }], detail-type = [{ anything-but = ["Debug"] }] })
}
resource "aws_cloudwatch_event_target" "forward" {
  rule           = aws_cloudwatch_event_rule.forward.name
  event_bus_name = aws_cloudwatch_event_bus.team.name
  arn            = aws_cloudwatch_event_bus.central.arn
  role_arn       = aws_iam_role.forward.arn
  dead_letter_config { arn = aws_sqs_queue.lost.arn }
}
resource "aws_iam_role" "forward" {
  name = "forward"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "events.amazonaws.com" } }]
  })
  inline_policy {
    name = "put"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.central.arn }]
    })
  }
}
resource "aws_sqs_queue" "lost" {
  name                    = "lost"
  sqs_managed_sse_enabled = true
}
data "aws_iam_policy_document" "lost" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.lost.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.forward.arn]
    }
  }
}
resource "aws_sqs_queue_policy" "lost" {
  queue_url = aws_sqs_queue.lost.id
  policy    = data.aws_iam_policy_document.lost.json
}
resource "aws_cloudwatch_event_rule" "all" {
  name           = "all"
  event_bus_name = aws_cloudwatch_event_bus.central.name
  event_pattern  = jsonencode({ account = [data.aws_caller_identity.me.account_id] })
}
data "aws_caller_identity" "me" {}
resource "aws_cloudwatch_event_target" "all" {
  rule           = aws_cloudwatch_event_rule.all.name
  event_bus_name = aws_cloudwatch_event_bus.central.name
  arn            = aws_cloudwatch_log_group.all.arn
}
resource "aws_cloudwatch_log_group" "all" {
  name              = "/aws/events/central"
  retention_in_days = 90
}
resource "aws_cloudwatch_log_resource_policy" "events" {
  policy_name = "events"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["events.amazonaws.com", "delivery.logs.amazonaws.com"] }
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource  = "${aws_cloudwatch_log_group.all.arn}:*"
    }]
  })
}
