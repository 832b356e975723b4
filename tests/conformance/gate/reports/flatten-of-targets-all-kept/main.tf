locals {
  targets = {
    trade = [
      { name = "a", arn = "arn:aws:sqs:us-east-1:111122223333:a", dead_letter_arn = aws_sqs_queue.dlq.arn },
      { name = "b", arn = "arn:aws:sqs:us-east-1:111122223333:b", dead_letter_arn = aws_sqs_queue.dlq.arn },
    ]
  }
  flat = flatten([for rule, ts in local.targets : [for t in ts : merge(t, { rule = rule })]])
}
resource "aws_sqs_queue" "dlq" { name = "dlq" }
resource "aws_sqs_queue_policy" "dlq" {
  queue_url = aws_sqs_queue.dlq.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.dlq.arn
      Condition = { ArnEquals = { "aws:SourceArn" = [for r in aws_cloudwatch_event_rule.r : r.arn] } }
    }]
  })
}
resource "aws_cloudwatch_event_rule" "r" {
  for_each      = local.targets
  name          = each.key
  event_pattern = jsonencode({ source = ["feeds"] })
}
resource "aws_cloudwatch_event_target" "t" {
  for_each = { for t in local.flat : t.name => t }
  rule     = aws_cloudwatch_event_rule.r[each.value.rule].name
  arn      = each.value.arn
  dynamic "dead_letter_config" {
    for_each = lookup(each.value, "dead_letter_arn", null) != null ? [true] : []
    content {
      arn = each.value.dead_letter_arn
    }
  }
}
