# EventBridge over its quota of invocations: events wait, and are dropped after the retries of their target.
resource "aws_cloudwatch_metric_alarm" "rule_throttles" {
  for_each = var.rule_names

  alarm_name          = "alarm-${each.key}-rule-throttles-${var.environment_suffix}"
  alarm_description   = "EventBridge throttles deliveries of ${each.key}. Runbook: ${local.runbook}rule-throttles."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ThrottledRules"
  namespace           = "AWS/Events"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { EventBusName = var.event_bus_name, RuleName = each.value }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

# From the bus to the first attempt to deliver: the part of the latency that no function sees.
resource "aws_cloudwatch_metric_alarm" "ingestion_latency" {
  for_each = var.rule_names

  alarm_name          = "alarm-${each.key}-ingestion-${var.environment_suffix}"
  alarm_description   = "EventBridge takes long to deliver events of ${each.key}. Runbook: ${local.runbook}ingestion."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = var.thresholds.ingestion_ms
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.notify
  ok_actions          = local.notify
  metric_name         = "IngestionToInvocationStartLatency"
  namespace           = "AWS/Events"
  period              = 60
  extended_statistic  = "p99"
  dimensions          = { EventBusName = var.event_bus_name, RuleName = each.value }
}

# What EventBridge refused never reached the bus, so nothing but this says that it was sent. AWS counts it for all buses
# of the account and region together (Amazon EventBridge User Guide, "Monitoring Amazon EventBridge").
resource "aws_cloudwatch_metric_alarm" "publishing" {
  for_each = { failed = "PutEventsFailedEntriesCount", throttled = "PutEventsApproximateThrottledCount" }

  alarm_name          = "alarm-publishing-${each.key}-${var.environment_suffix}"
  alarm_description   = "EventBridge refuses what publishers of the account send (${each.value}). Runbook: ${local.runbook}publishing."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = each.value
  namespace           = "AWS/Events"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.notify
  ok_actions          = local.notify
}

# Each topic's failures are told through the other one.
resource "aws_cloudwatch_metric_alarm" "notifications" {
  for_each = aws_sns_topic.this

  alarm_name          = "alarm-notifications-${each.key}-${var.environment_suffix}"
  alarm_description   = "A subscriber of the topic ${each.key} was not reached. Runbook: ${local.runbook}notifications."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "NumberOfNotificationsFailed"
  namespace           = "AWS/SNS"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { TopicName = each.value.name }
  alarm_actions       = [aws_sns_topic.this[each.key == "page" ? "alarms" : "page"].arn]
  ok_actions          = [aws_sns_topic.this[each.key == "page" ? "alarms" : "page"].arn]
}
