resource "aws_cloudwatch_metric_alarm" "function_errors" {
  for_each = var.functions

  alarm_name          = "alarm-${each.key}-errors-${var.environment_suffix}"
  alarm_description   = "The function of ${each.key} fails. Runbook: ${local.runbook}errors."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { FunctionName = each.value.name }
  alarm_actions       = local.notify
  ok_actions          = local.notify

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "function_throttles" {
  for_each = var.functions

  alarm_name          = "alarm-${each.key}-throttles-${var.environment_suffix}"
  alarm_description   = "The function of ${each.key} is at its concurrency limit. Runbook: ${local.runbook}throttles."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Throttles"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { FunctionName = each.value.name }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

resource "aws_cloudwatch_metric_alarm" "function_duration" {
  for_each = var.functions

  alarm_name          = "alarm-${each.key}-duration-${var.environment_suffix}"
  alarm_description   = "One in a hundred runs of ${each.key} comes near its timeout. Runbook: ${local.runbook}duration."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = each.value.timeout_s * 1000 * var.thresholds.duration_share_of_timeout
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.notify
  ok_actions          = local.notify
  metric_name         = "Duration"
  namespace           = "AWS/Lambda"
  period              = 60
  extended_statistic  = "p99"
  dimensions          = { FunctionName = each.value.name }
}

resource "aws_cloudwatch_metric_alarm" "function_error_lines" {
  for_each = var.functions

  alarm_name          = "alarm-${each.key}-error-lines-${var.environment_suffix}"
  alarm_description   = "The function of ${each.key} logs errors. Runbook: ${local.runbook}error-lines."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ErrorLines-${each.key}"
  namespace           = local.lines_namespace
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

resource "aws_cloudwatch_metric_alarm" "async_dropped" {
  for_each = var.functions

  alarm_name          = "alarm-${each.key}-dropped-${var.environment_suffix}"
  alarm_description   = "Lambda gave up on events of ${each.key}. Runbook: ${local.runbook}dropped."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "AsyncEventsDropped"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { FunctionName = each.value.name }
  alarm_actions       = local.notify
  ok_actions          = local.notify

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "async_age" {
  for_each = var.functions

  alarm_name          = "alarm-${each.key}-age-${var.environment_suffix}"
  alarm_description   = "Events of ${each.key} wait for the function. Runbook: ${local.runbook}age."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 3
  metric_name         = "AsyncEventAge"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Maximum"
  threshold           = var.thresholds.age_ms
  treat_missing_data  = "notBreaching"
  dimensions          = { FunctionName = each.value.name }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

resource "aws_cloudwatch_metric_alarm" "destination_failures" {
  for_each = var.functions

  alarm_name          = "alarm-${each.key}-destination-${var.environment_suffix}"
  alarm_description   = "Lambda could not put a failed event of ${each.key} into its dead-letter queue. Runbook: ${local.runbook}destination."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "DestinationDeliveryFailures"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { FunctionName = each.value.name }
  alarm_actions       = local.notify
  ok_actions          = local.notify

  lifecycle {
    create_before_destroy = true
  }
}

# The promise of the system: from the bus to a committed record in under a second, and the window a route asked for. The
# quarantine makes no record, so it measures no such time.
resource "aws_cloudwatch_metric_alarm" "commit_latency" {
  for_each = { for key, function in var.functions : key => function if !contains(["quarantine", "sealer"], key) }

  alarm_name          = "alarm-${each.key}-latency-${var.environment_suffix}"
  alarm_description   = "One in a hundred events of ${each.key} takes longer than promised to be recorded. Runbook: ${local.runbook}latency."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = var.thresholds.latency_ms + 1000 * each.value.window_s
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.notify
  ok_actions          = local.notify
  metric_name         = "CommitLatency"
  namespace           = var.metrics_namespace
  period              = 60
  extended_statistic  = "p99"
  dimensions          = { service = each.value.name }
}
