variable "dead_letter_queue_enabled" {
  type    = bool
  default = false
}

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_event_target" "placed" {
  rule = aws_cloudwatch_event_rule.placed.name
  arn  = "arn:aws:sns:us-east-1:111122223333:news"
  dynamic "dead_letter_config" {
    for_each = var.dead_letter_queue_enabled ? [1] : []
    content {
      arn = aws_sqs_queue.lost.arn
    }
  }
}
