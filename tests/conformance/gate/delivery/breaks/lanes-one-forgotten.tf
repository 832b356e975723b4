# Three lanes by for_each, and one of them gets no policy.
# Source: Terraform for_each: policy over a shorter set.
# Stops at: aws_sqs_queue_policy.lane, aws_sqs_queue.lane["quote"], aws_cloudwatch_event_target.lane["quote"]

locals {
  lanes = toset(["trade", "quote", "book"])
}

resource "aws_cloudwatch_event_rule" "lane" {
  for_each      = local.lanes
  name          = each.key
  event_pattern = jsonencode({ source = ["market"], "detail-type" = [each.key] })
}

resource "aws_sqs_queue" "lane" {
  for_each = local.lanes
  name     = each.key
}

resource "aws_sqs_queue_policy" "lane" {
  for_each  = toset([for lane in local.lanes : lane if lane != "quote"])
  queue_url = aws_sqs_queue.lane[each.key].id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.lane[each.key].arn, Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.lane[each.key].arn } } }] })
}

resource "aws_cloudwatch_event_target" "lane" {
  for_each = local.lanes
  rule     = aws_cloudwatch_event_rule.lane[each.key].name
  arn      = aws_sqs_queue.lane[each.key].arn
}
