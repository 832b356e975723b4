mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  account             = { id = "123456789012", partition = "aws", region = "us-east-1" }
  buffer_names        = { quote = "queue-quote-test", trade = "queue-trade-test" }
  data_key_arn        = "arn:aws:kms:us-east-1:123456789012:key/data"
  dlq_names           = { quote = "queue-quote-dlq-test", trade = "queue-trade-dlq-test" }
  environment_suffix  = "test"
  event_bus_name      = "bus-market-data-test"
  index_names         = ["exchange-time", "symbol-time"]
  metrics_namespace   = "Tapeproof"
  rule_names          = { quarantine = "rule-quarantine-test", quote = "rule-quote-test", trade = "rule-trade-test" }
  schedule_group_name = "schedule-group-audit-test"
  subscriptions       = { desk = { endpoint = "desk@bank.example", protocol = "email", topic = "page" } }
  table_names         = { audit = "table-audit-test", market = "table-market-test" }
  thresholds          = { age_ms = 60000, backlog_s = 60, checkpoint_minutes = 5, duration_share_of_timeout = 0.8, ingestion_ms = 1000, latency_ms = 1000, rejected_per_minute = 10, table_ms = 10 }

  functions = {
    quarantine = { log_group_name = "/aws/lambda/lambda-quarantine-test", name = "lambda-quarantine-test", timeout_s = 15, window_s = 0 }
    quote      = { log_group_name = "/aws/lambda/lambda-quote-test", name = "lambda-quote-test", timeout_s = 15, window_s = 2 }
    sealer     = { log_group_name = "/aws/lambda/lambda-sealer-test", name = "lambda-sealer-test", timeout_s = 50, window_s = 0 }
    trade      = { log_group_name = "/aws/lambda/lambda-trade-test", name = "lambda-trade-test", timeout_s = 15, window_s = 0 }
  }
}

run "everything_that_can_fail_has_an_alarm_and_every_alarm_tells_somebody" {
  module {
    source = "./modules/observability"
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.function_errors : key => "${alarm.metric_name} ${alarm.dimensions.FunctionName}" } == { for key, function in var.functions : key => "Errors ${function.name}" }
    error_message = "A function can fail unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.function_throttles : key => "${alarm.metric_name} ${alarm.dimensions.FunctionName}" } == { for key, function in var.functions : key => "Throttles ${function.name}" }
    error_message = "A function can be throttled unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.function_duration : key => "${alarm.metric_name} ${alarm.extended_statistic} ${alarm.threshold}" } == { quarantine = "Duration p99 12000", quote = "Duration p99 12000", sealer = "Duration p99 40000", trade = "Duration p99 12000" }
    error_message = "A function can come near its timeout unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.function_error_lines : key => "${alarm.namespace} ${alarm.metric_name}" } == { for key in keys(var.functions) : key => "Tapeproof/test ErrorLines-${key}" }
    error_message = "Errors that a function only logs stay unnoticed."
  }

  assert {
    condition     = alltrue([for key, filter in aws_cloudwatch_log_metric_filter.error_lines : filter.log_group_name == var.functions[key].log_group_name && filter.pattern == "{ $.level = \"ERROR\" || $.level = \"CRITICAL\" }"])
    error_message = "Error lines of a function are not counted."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.commit_latency : key => "${alarm.metric_name} ${alarm.extended_statistic} ${alarm.threshold} ${alarm.dimensions.service}" } == { for key, threshold in { quote = 3000, trade = 1000 } : key => "CommitLatency p99 ${threshold} lambda-${key}-test" }
    error_message = "A route can miss its sub-second promise unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.async_dropped : key => alarm.metric_name } == { for key in keys(var.functions) : key => "AsyncEventsDropped" }
    error_message = "Lambda can drop events unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.async_age : key => "${alarm.metric_name} ${alarm.threshold}" } == { for key in keys(var.functions) : key => "AsyncEventAge 60000" }
    error_message = "Events can wait for a function unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.destination_failures : key => alarm.metric_name } == { for key in keys(var.functions) : key => "DestinationDeliveryFailures" }
    error_message = "A failed event can miss its dead-letter queue unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.dlq_depth : key => "${alarm.metric_name} ${alarm.dimensions.QueueName} ${alarm.threshold}" } == { for key, name in var.dlq_names : key => "ApproximateNumberOfMessagesVisible ${name} 0" }
    error_message = "A message can sit in a dead-letter queue unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.buffer_age : key => "${alarm.metric_name} ${alarm.dimensions.QueueName} ${alarm.threshold}" } == { for key in ["quote", "trade"] : key => "ApproximateAgeOfOldestMessage queue-${key}-test 60" }
    error_message = "A route can fall behind unnoticed."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.rule_failures : alarm.metric_name == "FailedInvocations" && alarm.dimensions == tomap({ EventBusName = "bus-market-data-test", RuleName = var.rule_names[key] })]) && length(aws_cloudwatch_metric_alarm.rule_failures) == 3
    error_message = "A rule can fail to hand events over unnoticed."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.rule_losses : alarm.metric_name == "InvocationsFailedToBeSentToDlq" && alarm.dimensions.RuleName == var.rule_names[key]]) && length(aws_cloudwatch_metric_alarm.rule_losses) == 3
    error_message = "An event can miss its dead-letter queue unnoticed."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.quarantined.metric_name == "MatchedEvents" && aws_cloudwatch_metric_alarm.quarantined.dimensions.RuleName == "rule-quarantine-test"
    error_message = "An unknown exchange can publish unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.table_throttles : key => "${alarm.metric_name} ${alarm.dimensions.TableName}" } == { for key, name in var.table_names : key => "WriteThrottleEvents ${name}" }
    error_message = "A table can throttle writes unnoticed."
  }

  assert {
    condition     = "${aws_cloudwatch_metric_alarm.table_latency.metric_name} ${aws_cloudwatch_metric_alarm.table_latency.statistic} ${aws_cloudwatch_metric_alarm.table_latency.threshold}" == "SuccessfulRequestLatency Average 10" && aws_cloudwatch_metric_alarm.table_latency.dimensions == tomap({ Operation = "PutItem", TableName = "table-market-test" })
    error_message = "The market table can become slower than single-digit milliseconds unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.index_throttles : key => "${alarm.metric_name} ${alarm.dimensions.TableName} ${alarm.dimensions.GlobalSecondaryIndexName}" } == { for name in var.index_names : name => "WriteThrottleEvents table-market-test ${name}" }
    error_message = "An index can hold up writes unnoticed: its throttles are not among its table's."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.checkpoint_stale.treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.checkpoint_stale.period == 300 && aws_cloudwatch_metric_alarm.checkpoint_stale.comparison_operator == "LessThanThreshold" && aws_cloudwatch_metric_alarm.checkpoint_stale.dimensions.service == "lambda-sealer-test"
    error_message = "A sealer that never runs stays unnoticed."
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.data_quality : key => "${alarm.metric_name} ${alarm.threshold} ${alarm.period} ${alarm.dimensions.service}" } == merge([for key in ["quote", "trade"] : { "${key}-conflict" = "Conflict 0 60 lambda-${key}-test", "${key}-gap" = "Missing 0 300 lambda-${key}-test", "${key}-rejected" = "Rejected 10 60 lambda-${key}-test" }]...)
    error_message = "An exchange can contradict itself, leave events out or change its format unnoticed."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.broken_lanes.metric_name == "BrokenLanes" && aws_cloudwatch_metric_alarm.broken_lanes.dimensions.service == "lambda-sealer-test" && strcontains(aws_cloudwatch_composite_alarm.this["audit-at-risk"].alarm_rule, "ALARM(\"alarm-audit-broken-test\")")
    error_message = "Audit entries can be edited without paging anybody."
  }

  assert {
    condition     = toset(values(aws_cloudwatch_metric_alarm.schedule_failures)[*].metric_name) == toset(["InvocationDroppedCount", "InvocationsFailedToBeSentToDeadLetterCount", "TargetErrorCount"]) && alltrue([for alarm in aws_cloudwatch_metric_alarm.schedule_failures : alarm.dimensions.ScheduleGroup == "schedule-group-audit-test"])
    error_message = "A schedule that cannot invoke the sealer stays unnoticed."
  }

  assert {
    condition     = alltrue([for alarm in local.metric_alarms : length(alarm.alarm_actions) == 1 && alarm.ok_actions == alarm.alarm_actions])
    error_message = "An alarm tells nobody."
  }

  assert {
    condition     = length(output.alarm_names) == 70 && length(output.alarm_names) == length(distinct(output.alarm_names)) && alltrue([for name in output.alarm_names : startswith(name, "alarm-") && endswith(name, "-test")])
    error_message = "An alarm is left out of the list, or misnamed."
  }

  assert {
    condition     = alltrue([for key, topic in aws_sns_topic.this : topic.name == "topic-${key}-test" && topic.kms_master_key_id == var.data_key_arn])
    error_message = "A topic is misnamed or not encrypted."
  }

  assert {
    condition     = jsondecode(aws_sns_topic_policy.this["alarms"].policy).Statement[0].Condition.ArnLike["aws:SourceArn"] == ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:alarm-*-test"] && jsondecode(aws_sns_topic_policy.this["page"].policy).Statement[0].Condition.ArnLike["aws:SourceArn"] == ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:alarm-audit-at-risk-test", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:alarm-events-at-risk-test", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:alarm-notifications-alarms-test"]
    error_message = "More, or fewer, than this stack's alarms may publish to a topic."
  }

  assert {
    condition     = alltrue([for policy in aws_sns_topic_policy.this : jsondecode(policy.policy).Statement[1].Effect == "Deny" && jsondecode(policy.policy).Statement[1].Condition == { Bool = { "aws:SecureTransport" = "false" } }])
    error_message = "A topic takes plaintext connections."
  }

  assert {
    condition     = aws_sns_topic_subscription.this["desk"].endpoint == "desk@bank.example" && aws_sns_topic_subscription.this["desk"].topic_arn == aws_sns_topic.this["page"].arn
    error_message = "A subscriber is not told, or told of the wrong topic."
  }

  assert {
    condition     = aws_cloudwatch_composite_alarm.this["events-at-risk"].alarm_actions == toset([aws_sns_topic.this["page"].arn]) && strcontains(aws_cloudwatch_composite_alarm.this["events-at-risk"].alarm_rule, "ALARM(\"alarm-trade-dlq-test\")") && strcontains(aws_cloudwatch_composite_alarm.this["events-at-risk"].alarm_rule, "ALARM(\"alarm-trade-dropped-test\")")
    error_message = "Nobody is paged when events are at risk."
  }

  assert {
    condition     = strcontains(aws_cloudwatch_composite_alarm.this["audit-at-risk"].alarm_rule, "ALARM(\"alarm-checkpoint-stale-test\")") && strcontains(aws_cloudwatch_composite_alarm.this["audit-at-risk"].alarm_rule, "ALARM(\"alarm-sealer-errors-test\")")
    error_message = "Nobody is paged when the audit log is not sealed."
  }

  assert {
    condition     = aws_cloudwatch_dashboard.this.dashboard_name == "dashboard-market-data-test" && length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 13 && length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[0].properties.alarms) == 70
    error_message = "The dashboard leaves a graph or an alarm out."
  }

  assert {
    condition     = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : widget.type == "alarm" ? true : widget.properties.region == "us-east-1" && length(widget.properties.metrics) > 0])
    error_message = "A graph of the dashboard would be refused: it has no metric, or no region."
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[6].properties.metrics) == 8
    error_message = "Errors and throttles of a function are not shown."
  }

  assert {
    condition     = tolist([for row in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[7].properties.metrics : row[0].label if length(row) == 1]) == keys(var.functions) && length([for row in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[7].properties.metrics : row if length(row) > 1]) == 8
    error_message = "The error rate of a function is not shown."
  }
}
