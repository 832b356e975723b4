# Alarms for what does not happen: events that do not come, that are refused, and notifications that reach nobody.
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
  runbook_url         = "https://runbook.bank.example/tapeproof"
  silences            = { coinbase-trade = { close = "20:00", days = [1, 2, 3, 4, 5], minutes = 5, open = "13:30", route = "trade", type = "trade", venue = "coinbase" } }
  subscriptions       = { bot = { endpoint = "arn:aws:lambda:us-east-1:123456789012:function:bot", protocol = "lambda" }, desk = { endpoint = "desk@bank.example", protocol = "email", topic = "page" } }
  table_names         = { audit = "table-audit-test", market = "table-market-test" }
  thresholds          = { age_ms = 60000, backlog_s = 60, checkpoint_minutes = 5, duration_share_of_timeout = 0.8, ingestion_ms = 1000, latency_ms = 1000, rejected_per_minute = 10, table_ms = 10 }

  functions = {
    quarantine = { log_group_name = "/aws/lambda/lambda-quarantine-test", name = "lambda-quarantine-test", timeout_s = 15, window_s = 0 }
    quote      = { log_group_name = "/aws/lambda/lambda-quote-test", name = "lambda-quote-test", timeout_s = 15, window_s = 2 }
    sealer     = { log_group_name = "/aws/lambda/lambda-sealer-test", name = "lambda-sealer-test", timeout_s = 50, window_s = 0 }
    trade      = { log_group_name = "/aws/lambda/lambda-trade-test", name = "lambda-trade-test", timeout_s = 15, window_s = 0 }
  }
}

run "silence_in_market_hours_is_heard" {
  module {
    source = "./modules/observability"
  }

  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.silence["coinbase-trade"].metric_query : query.expression if query.id == "taken"]) == "MAX([IF((DAY(clock) == 1 OR DAY(clock) == 2 OR DAY(clock) == 3 OR DAY(clock) == 4 OR DAY(clock) == 5) AND (HOUR(clock) * 60 + MINUTE(clock) >= 810) AND (HOUR(clock) * 60 + MINUTE(clock) < 1200), 0, 1), FILL(recorded, 0)])"
    error_message = "Silence is heard at night, or not by day."
  }

  assert {
    condition     = one(one([for query in aws_cloudwatch_metric_alarm.silence["coinbase-trade"].metric_query : query.metric if query.id == "recorded"])).dimensions == tomap({ service = "lambda-trade-test", type = "trade", venue = "coinbase" }) && aws_cloudwatch_metric_alarm.silence["coinbase-trade"].evaluation_periods == 5
    error_message = "The silence of another venue is heard, or of another time."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.rule_throttles : "${alarm.metric_name} ${alarm.dimensions.RuleName}" == "ThrottledRules ${var.rule_names[key]}"]) && length(aws_cloudwatch_metric_alarm.rule_throttles) == 3
    error_message = "EventBridge can throttle deliveries unnoticed."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.ingestion_latency : "${alarm.metric_name} ${alarm.extended_statistic} ${alarm.threshold} ${alarm.dimensions.RuleName}" == "IngestionToInvocationStartLatency p99 1000 ${var.rule_names[key]}"]) && length(aws_cloudwatch_metric_alarm.ingestion_latency) == 3
    error_message = "EventBridge can take long to deliver unnoticed."
  }

  assert {
    condition     = toset(values(aws_cloudwatch_metric_alarm.publishing)[*].metric_name) == toset(["PutEventsApproximateThrottledCount", "PutEventsFailedEntriesCount"])
    error_message = "EventBridge can refuse events unnoticed."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.notifications["page"].dimensions.TopicName == "topic-page-test" && aws_cloudwatch_metric_alarm.notifications["alarms"].metric_name == "NumberOfNotificationsFailed"
    error_message = "A pager that is not reached stays unnoticed."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.sealing_lag.metric_name == "CheckpointAgeSeconds" && aws_cloudwatch_metric_alarm.sealing_lag.threshold == 300 && aws_cloudwatch_metric_alarm.sealing_lag.dimensions.service == "lambda-sealer-test"
    error_message = "The sealer can fall behind unnoticed."
  }

  assert {
    condition     = aws_lambda_permission.subscriber["bot"].function_name == "arn:aws:lambda:us-east-1:123456789012:function:bot" && aws_lambda_permission.subscriber["bot"].source_arn == aws_sns_topic.this["alarms"].arn && length(aws_lambda_permission.subscriber) == 1
    error_message = "A function that is told of alarms may not be called by the topic, or a stranger's may."
  }

  assert {
    condition     = alltrue([for alarm in local.metric_alarms : can(regex(" Runbook: https://runbook[.]bank[.]example/tapeproof#[a-z-]+[.]$", alarm.alarm_description))])
    error_message = "An alarm does not link its section of the runbook."
  }
}
