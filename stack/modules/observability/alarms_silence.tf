locals {
  # Hours and days in UTC (Amazon CloudWatch User Guide, "Using math expressions with CloudWatch metrics": days are 1 to
  # 7 from Monday). The sealer's runs are the clock: a metric that nobody publishes has no times to ask for the hour.
  trading = {
    for key, silence in var.silences : key => join(" AND ", [
      "(${join(" OR ", [for day in silence.days : "DAY(clock) == ${day}"])})",
      "(HOUR(clock) * 60 + MINUTE(clock) >= ${local.minute_of[silence.open]})",
      "(HOUR(clock) * 60 + MINUTE(clock) < ${local.minute_of[silence.close]})",
    ])
  }
  minute_of = {
    for time in distinct(flatten([for silence in var.silences : [silence.close, silence.open]])) :
    time => 60 * parseint(split(":", time)[0], 10) + parseint(split(":", time)[1], 10)
  }
}

# A publisher that is dead at the open sends nothing that could be counted as wrong.
resource "aws_cloudwatch_metric_alarm" "silence" {
  for_each = var.silences

  alarm_name          = "alarm-${each.key}-silence-${var.environment_suffix}"
  alarm_description   = "No ${each.value.type} of ${each.value.venue} was recorded for ${each.value.minutes} minutes of its market hours. Runbook: ${local.runbook}silence."
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = each.value.minutes
  datapoints_to_alarm = each.value.minutes
  threshold           = 1
  treat_missing_data  = "missing"
  alarm_actions       = local.notify
  ok_actions          = local.notify

  metric_query {
    id          = "taken"
    expression  = "MAX([IF(${local.trading[each.key]}, 0, 1), FILL(recorded, 0)])"
    label       = "recorded, or not in market hours"
    return_data = true
  }

  metric_query {
    id = "clock"

    metric {
      metric_name = "Invocations"
      namespace   = "AWS/Lambda"
      period      = 60
      stat        = "Sum"
      dimensions  = { FunctionName = var.functions["sealer"].name }
    }
  }

  metric_query {
    id = "recorded"

    metric {
      metric_name = "Recorded"
      namespace   = var.metrics_namespace
      period      = 60
      stat        = "Sum"
      dimensions = {
        service = var.functions[each.value.route].name
        type    = each.value.type
        venue   = each.value.venue
      }
    }
  }
}
