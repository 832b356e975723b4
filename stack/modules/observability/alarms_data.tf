locals {
  # What a processor counts about the data itself, and how many in so many seconds are worth a look. Concurrent functions
  # see events out of order: a number that is missing counts one up and one that comes late one down again.
  qualities = {
    Conflict = { threshold = 0, period = 60, runbook = "conflict", description = "carries two different messages for one event" }
    Missing  = { threshold = 0, period = 300, runbook = "gap", description = "misses events of an exchange's sequence" }
    Rejected = { threshold = var.thresholds.rejected_per_minute, period = 60, runbook = "rejected", description = "gets messages that it cannot read" }
  }

  # The quarantine reads no message, so it counts none of these.
  data_alarms = merge([
    for key, function in var.functions : {
      for metric, quality in local.qualities :
      "${key}-${quality.runbook}" => merge(quality, { metric = metric, route = key, service = function.name })
    } if !contains(["quarantine", "sealer"], key)
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "data_quality" {
  for_each = local.data_alarms

  alarm_name          = "alarm-${each.key}-${var.environment_suffix}"
  alarm_description   = "The ${each.value.route} route ${each.value.description}. Runbook: ${local.runbook}${each.value.runbook}."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = each.value.metric
  namespace           = var.metrics_namespace
  period              = each.value.period
  statistic           = "Sum"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  dimensions          = { service = each.value.service }
  alarm_actions       = local.notify
  ok_actions          = local.notify
}
