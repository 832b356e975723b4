resource "aws_cloudwatch_event_rule" "this" {
  name           = "rule-${local.purpose}"
  description    = "Events of the ${var.name} route."
  event_bus_name = var.event_bus_name
  event_pattern  = var.event_pattern

  lifecycle {
    precondition {
      condition     = length(var.event_pattern) <= 2048
      error_message = "The event pattern of ${var.name} has ${length(var.event_pattern)} characters and EventBridge takes 2048: give routes the same sources, shorten their lists, or move exchanges to a second stack."
    }
  }
}

resource "aws_cloudwatch_event_target" "this" {
  arn            = local.buffered ? aws_sqs_queue.buffer[0].arn : aws_lambda_alias.live.arn
  event_bus_name = var.event_bus_name
  rule           = aws_cloudwatch_event_rule.this.name
  target_id      = "target-${local.purpose}"

  dead_letter_config {
    arn = aws_sqs_queue.target_dlq.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = var.target_retry.maximum_age_s
    maximum_retry_attempts       = var.target_retry.attempts
  }

  # A target that may not be invoked yet would send the first events to the dead-letter queue.
  depends_on = [aws_lambda_permission.rule]
}

resource "aws_lambda_permission" "rule" {
  count = local.buffered ? 0 : 1

  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.function_name
  principal      = "events.amazonaws.com"
  qualifier      = aws_lambda_alias.live.name
  source_account = var.account.id
  source_arn     = aws_cloudwatch_event_rule.this.arn
  statement_id   = "AllowRule"
}

# Failures of the function itself: two retries (AWS waits one and two minutes), then the dead-letter queue. A person who
# invokes the function without naming the alias gets the same net.
resource "aws_lambda_function_event_invoke_config" "this" {
  for_each = toset(local.buffered ? [] : ["$LATEST", local.alias])

  function_name                = aws_lambda_function.this.function_name
  maximum_event_age_in_seconds = var.async_maximum_age_s
  maximum_retry_attempts       = 2
  qualifier                    = each.key

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dlq.arn
    }
  }

  depends_on = [aws_lambda_alias.live]
}
