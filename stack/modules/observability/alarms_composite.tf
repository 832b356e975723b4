locals {
  metric_alarms = concat(
    values(aws_cloudwatch_metric_alarm.async_age),
    values(aws_cloudwatch_metric_alarm.async_dropped),
    values(aws_cloudwatch_metric_alarm.buffer_age),
    values(aws_cloudwatch_metric_alarm.commit_latency),
    values(aws_cloudwatch_metric_alarm.data_quality),
    values(aws_cloudwatch_metric_alarm.destination_failures),
    values(aws_cloudwatch_metric_alarm.dlq_depth),
    values(aws_cloudwatch_metric_alarm.function_duration),
    values(aws_cloudwatch_metric_alarm.function_error_lines),
    values(aws_cloudwatch_metric_alarm.function_errors),
    values(aws_cloudwatch_metric_alarm.function_throttles),
    values(aws_cloudwatch_metric_alarm.index_throttles),
    values(aws_cloudwatch_metric_alarm.ingestion_latency),
    values(aws_cloudwatch_metric_alarm.notifications),
    values(aws_cloudwatch_metric_alarm.publishing),
    values(aws_cloudwatch_metric_alarm.rule_failures),
    values(aws_cloudwatch_metric_alarm.rule_losses),
    values(aws_cloudwatch_metric_alarm.rule_throttles),
    values(aws_cloudwatch_metric_alarm.schedule_failures),
    values(aws_cloudwatch_metric_alarm.silence),
    values(aws_cloudwatch_metric_alarm.table_throttles),
    [
      aws_cloudwatch_metric_alarm.broken_lanes,
      aws_cloudwatch_metric_alarm.checkpoint_stale,
      aws_cloudwatch_metric_alarm.quarantined,
      aws_cloudwatch_metric_alarm.sealing_lag,
      aws_cloudwatch_metric_alarm.table_latency,
    ],
  )

  # Made from the names, so that the topics are open to the alarms before the first one goes off.
  alarm_arns           = "arn:${var.account.partition}:cloudwatch:${var.account.region}:${var.account.id}:alarm"
  metric_alarm_arns    = [for name in sort(local.metric_alarms[*].alarm_name) : "${local.alarm_arns}:${name}"]
  composite_alarm_arns = [for key in sort(keys(local.composites)) : "${local.alarm_arns}:alarm-${key}-${var.environment_suffix}"]

  composites = {
    events-at-risk = {
      description = "Events are in a dead-letter queue, or would have been lost without the archive. Runbook: ${local.runbook}events-at-risk."
      alarms = concat(
        values(aws_cloudwatch_metric_alarm.async_dropped)[*].alarm_name,
        values(aws_cloudwatch_metric_alarm.destination_failures)[*].alarm_name,
        values(aws_cloudwatch_metric_alarm.dlq_depth)[*].alarm_name,
        values(aws_cloudwatch_metric_alarm.rule_losses)[*].alarm_name,
      )
    }
    audit-at-risk = {
      description = "The audit log is not being sealed, or has been tampered with. Runbook: ${local.runbook}audit-at-risk."
      alarms = concat(
        values(aws_cloudwatch_metric_alarm.schedule_failures)[*].alarm_name,
        [
          aws_cloudwatch_metric_alarm.broken_lanes.alarm_name,
          aws_cloudwatch_metric_alarm.checkpoint_stale.alarm_name,
          aws_cloudwatch_metric_alarm.function_errors["sealer"].alarm_name,
        ],
      )
    }
  }
}

locals {
  # A composite alarm names up to 100 alarms in 10,240 characters (Amazon CloudWatch API Reference, PutCompositeAlarm);
  # more are gathered in parts, each a composite alarm that tells nobody itself.
  parts = merge([
    for key, composite in local.composites : {
      for index, names in chunklist(sort(composite.alarms), 100) : "${key}-${index + 1}" => { alarms = names, of = key }
    } if length(composite.alarms) > 100
  ]...)
  watched = {
    for key, composite in local.composites :
    key => length(composite.alarms) > 100 ? [for name, part in aws_cloudwatch_composite_alarm.part : part.alarm_name if local.parts[name].of == key] : composite.alarms
  }
}

resource "aws_cloudwatch_composite_alarm" "part" {
  for_each = local.parts

  alarm_name        = "alarm-${each.key}-${var.environment_suffix}"
  alarm_description = "A part of the alarms of ${each.value.of}, which are too many for one rule. Runbook: ${local.runbook}${each.value.of}."
  alarm_rule        = join(" OR ", [for name in each.value.alarms : "ALARM(\"${name}\")"])

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_composite_alarm" "this" {
  for_each = local.composites

  alarm_name        = "alarm-${each.key}-${var.environment_suffix}"
  alarm_description = each.value.description
  alarm_rule        = join(" OR ", [for name in sort(local.watched[each.key]) : "ALARM(\"${name}\")"])
  alarm_actions     = [aws_sns_topic.this["page"].arn]
  ok_actions        = [aws_sns_topic.this["page"].arn]
}
