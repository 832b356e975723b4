# A missing checkpoint counts: a sealer that never runs reports nothing.
resource "aws_cloudwatch_metric_alarm" "checkpoint_stale" {
  alarm_name          = "alarm-checkpoint-stale-${var.environment_suffix}"
  alarm_description   = "The audit log has not been sealed for ${var.thresholds.checkpoint_minutes} minutes. Runbook: ${local.runbook}stale."
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = 1
  metric_name         = "CheckpointSealed"
  namespace           = var.metrics_namespace
  period              = 60 * var.thresholds.checkpoint_minutes
  statistic           = "Sum"
  threshold           = 1
  treat_missing_data  = "breaching"
  dimensions          = { service = var.functions["sealer"].name }
  alarm_actions       = local.notify
  ok_actions          = local.notify

  lifecycle {
    create_before_destroy = true
  }
}

# A lane whose entries do not link is what somebody leaves who edits the table.
resource "aws_cloudwatch_metric_alarm" "broken_lanes" {
  alarm_name          = "alarm-audit-broken-${var.environment_suffix}"
  alarm_description   = "The sealer met audit entries that do not link. Runbook: ${local.runbook}broken."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "BrokenLanes"
  namespace           = var.metrics_namespace
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { service = var.functions["sealer"].name }
  alarm_actions       = local.notify
  ok_actions          = local.notify

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "schedule_failures" {
  for_each = toset(["InvocationDroppedCount", "InvocationsFailedToBeSentToDeadLetterCount", "TargetErrorCount"])

  alarm_name          = "alarm-schedule-${lower(each.key)}-${var.environment_suffix}"
  alarm_description   = "The scheduler could not invoke the sealer (${each.key}). Runbook: ${local.runbook}schedule."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = each.key
  namespace           = "AWS/Scheduler"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { ScheduleGroup = var.schedule_group_name }
  alarm_actions       = local.notify
  ok_actions          = local.notify

  lifecycle {
    create_before_destroy = true
  }
}

# The sealer runs and seals, but falls behind what is written.
resource "aws_cloudwatch_metric_alarm" "sealing_lag" {
  alarm_name          = "alarm-sealing-lag-${var.environment_suffix}"
  alarm_description   = "The newest checkpoint is older than ${var.thresholds.checkpoint_minutes} minutes when the sealer replaces it. Runbook: ${local.runbook}stale."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 3
  metric_name         = "CheckpointAgeSeconds"
  namespace           = var.metrics_namespace
  period              = 60
  statistic           = "Maximum"
  threshold           = 60 * var.thresholds.checkpoint_minutes
  treat_missing_data  = "notBreaching"
  dimensions          = { service = var.functions["sealer"].name }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}
