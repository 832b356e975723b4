locals {
  # A rule is never changed where it stands: what decides about delivery names it, so that Terraform makes the new rule
  # with its target first and removes the old one afterwards. An event that both take is recorded once.
  generation = var.event_pattern == null ? null : substr(sha256(jsonencode([var.delivery, var.event_pattern, var.generation_of])), 0, 8)
  rules      = var.event_pattern == null ? {} : { live = var.event_pattern }

  # The route's rules of every generation, each of eight characters: while one replaces another, both deliver.
  rule_arns = "arn:${var.account.partition}:events:${var.account.region}:${var.account.id}:rule/${var.event_bus_name}/rule-${var.name}-????????-${var.environment_suffix}"
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.rules

  name           = "rule-${var.name}-${local.generation}-${var.environment_suffix}"
  description    = "Events of the ${var.name} route."
  event_bus_name = var.event_bus_name
  event_pattern  = each.value

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = length(each.value) <= 2048
      error_message = "The event pattern of ${var.name} has ${length(each.value)} characters and EventBridge takes 2048: give routes the same sources, shorten their lists, or move exchanges to a second stack."
    }
  }

  # The quarantine's rule waits for the routes' targets: it gives up an event only after another rule takes it, and the
  # routes give one up only after the quarantine takes it.
  depends_on = [var.delivered_first]
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.rules

  arn            = local.buffered ? aws_sqs_queue.buffer[0].arn : aws_lambda_alias.live.arn
  event_bus_name = var.event_bus_name
  rule           = aws_cloudwatch_event_rule.this[each.key].name
  target_id      = "target-${local.purpose}"

  dead_letter_config {
    arn = aws_sqs_queue.target_dlq.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = var.target_retry.maximum_age_s
    maximum_retry_attempts       = var.target_retry.attempts
  }

  lifecycle {
    create_before_destroy = true
  }

  # A target that may not be invoked yet would send the first events to the dead-letter queue; and what works events off
  # is there before the first and after the last.
  depends_on = [
    aws_lambda_event_source_mapping.buffer,
    aws_lambda_function_event_invoke_config.this,
    aws_lambda_permission.rule,
  ]
}

resource "aws_lambda_permission" "rule" {
  for_each = local.buffered ? {} : local.rules

  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.function_name
  principal      = "events.amazonaws.com"
  qualifier      = aws_lambda_alias.live.name
  source_account = var.account.id
  source_arn     = aws_cloudwatch_event_rule.this[each.key].arn
  statement_id   = "AllowRule-${local.generation}"

  lifecycle {
    create_before_destroy = true
  }
}

# Failures of the function itself: two retries (AWS waits one and two minutes), then the dead-letter queue. A person who
# invokes the function without naming the alias gets the same net, and so does what still waits after a route's delivery
# became buffered.
resource "aws_lambda_function_event_invoke_config" "this" {
  for_each = toset(["$LATEST", local.alias])

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
