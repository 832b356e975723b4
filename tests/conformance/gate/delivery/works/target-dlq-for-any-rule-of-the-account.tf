# The dead-letter queue admits EventBridge for its own account, by two conditions.
# Source: EventBridge: Using dead-letter queues to process undelivered events.

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_lambda_function.work.arn
  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_lambda_permission" "hourly" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}

resource "aws_sqs_queue" "lost" {
  name = "lost"
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
      values   = ["arn:aws:events:*:${data.aws_caller_identity.me.account_id}:rule/*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
}

resource "aws_sqs_queue_policy" "lost" {
  queue_url = aws_sqs_queue.lost.url
  policy    = data.aws_iam_policy_document.lost.json
}
