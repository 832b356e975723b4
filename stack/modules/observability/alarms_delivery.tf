resource "aws_cloudwatch_metric_alarm" "dlq_depth" {
  for_each = var.dlq_names

  alarm_name          = "alarm-${each.key}-dlq-${var.environment_suffix}"
  alarm_description   = "The dead-letter queue of ${each.key} holds messages. Runbook: ${local.runbook}dlq."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ApproximateNumberOfMessagesVisible"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { QueueName = each.value }
  alarm_actions       = local.notify
  ok_actions          = local.notify

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "buffer_age" {
  for_each = var.buffer_names

  alarm_name          = "alarm-${each.key}-backlog-${var.environment_suffix}"
  alarm_description   = "Events of ${each.key} wait in their queue. Runbook: ${local.runbook}backlog."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 3
  metric_name         = "ApproximateAgeOfOldestMessage"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = var.thresholds.backlog_s
  treat_missing_data  = "notBreaching"
  dimensions          = { QueueName = each.value }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

resource "aws_cloudwatch_metric_alarm" "rule_failures" {
  for_each = var.rule_names

  alarm_name          = "alarm-${each.key}-rule-${var.environment_suffix}"
  alarm_description   = "EventBridge could not hand events of ${each.key} to their target. Runbook: ${local.runbook}rule."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "FailedInvocations"
  namespace           = "AWS/Events"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { EventBusName = var.event_bus_name, RuleName = each.value }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

resource "aws_cloudwatch_metric_alarm" "rule_losses" {
  for_each = var.rule_names

  alarm_name          = "alarm-${each.key}-rule-dlq-${var.environment_suffix}"
  alarm_description   = "EventBridge could not even dead-letter events of ${each.key}. Runbook: ${local.runbook}rule-dlq."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "InvocationsFailedToBeSentToDlq"
  namespace           = "AWS/Events"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { EventBusName = var.event_bus_name, RuleName = each.value }
  alarm_actions       = local.notify
  ok_actions          = local.notify

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "quarantined" {
  alarm_name          = "alarm-quarantine-events-${var.environment_suffix}"
  alarm_description   = "Events arrive that no route takes. Runbook: ${local.runbook}events."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "MatchedEvents"
  namespace           = "AWS/Events"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { EventBusName = var.event_bus_name, RuleName = var.rule_names["quarantine"] }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

resource "aws_cloudwatch_metric_alarm" "table_throttles" {
  for_each = var.table_names

  alarm_name          = "alarm-${each.key}-table-throttles-${var.environment_suffix}"
  alarm_description   = "DynamoDB throttles writes to the ${each.key} table. Runbook: ${local.runbook}table-throttles."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "WriteThrottleEvents"
  namespace           = "AWS/DynamoDB"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { TableName = each.value }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

# Single-digit milliseconds are what DynamoDB promises; each newest trade or quote is such a write.
resource "aws_cloudwatch_metric_alarm" "table_latency" {
  alarm_name          = "alarm-market-table-latency-${var.environment_suffix}"
  alarm_description   = "Writes to the market table take longer than the milliseconds that DynamoDB promises. Runbook: ${local.runbook}table-latency."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  metric_name         = "SuccessfulRequestLatency"
  namespace           = "AWS/DynamoDB"
  period              = 60
  statistic           = "Average"
  threshold           = var.thresholds.table_ms
  treat_missing_data  = "notBreaching"
  dimensions          = { Operation = "PutItem", TableName = var.table_names["market"] }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

# A full index holds up the writes to its table, and says so under its own name only (Amazon DynamoDB Developer Guide,
# "DynamoDB metrics and dimensions").
resource "aws_cloudwatch_metric_alarm" "index_throttles" {
  for_each = toset(var.index_names)

  alarm_name          = "alarm-market-${each.key}-index-throttles-${var.environment_suffix}"
  alarm_description   = "DynamoDB throttles writes to the ${each.key} index of the market table. Runbook: ${local.runbook}table-throttles."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "WriteThrottleEvents"
  namespace           = "AWS/DynamoDB"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { GlobalSecondaryIndexName = each.key, TableName = var.table_names["market"] }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}
