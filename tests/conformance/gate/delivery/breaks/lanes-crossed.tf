# Each queue admits the other's rule.
# Source: Terraform for_each: keys crossed.
# Stops at: aws_cloudwatch_event_target.lane["a"], aws_cloudwatch_event_target.lane["b"], aws_sqs_queue.lane["a"], aws_sqs_queue.lane["b"], aws_sqs_queue_policy.lane["a"], aws_sqs_queue_policy.lane["b"]

locals {
  lanes = { a = "b", b = "a" }
}

resource "aws_cloudwatch_event_rule" "lane" {
  for_each            = local.lanes
  name                = each.key
  schedule_expression = "rate(1 hour)"
}

resource "aws_sqs_queue" "lane" {
  for_each = local.lanes
  name     = each.key
}

resource "aws_sqs_queue_policy" "lane" {
  for_each  = local.lanes
  queue_url = aws_sqs_queue.lane[each.key].id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.lane[each.key].arn, Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.lane[each.value].arn } } }] })
}

resource "aws_cloudwatch_event_target" "lane" {
  for_each = local.lanes
  rule     = aws_cloudwatch_event_rule.lane[each.key].name
  arn      = aws_sqs_queue.lane[each.key].arn
}
