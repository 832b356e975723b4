# As many routes as a stack takes, with the longest names: what grows with them stays within AWS's limits.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment_suffix = "suffix-of-16-let"
  lambda_zip_path    = "tests/mocks/aws.tfmock.hcl"
}

run "alarms_of_the_largest_stack_page_within_the_limits_of_cloudwatch" {
  variables {
    account             = { id = "123456789012", partition = "aws", region = "us-east-1" }
    buffer_names        = {}
    data_key_arn        = "arn:aws:kms:us-east-1:123456789012:key/data"
    dlq_names           = { for index in range(98) : format("route-of-20-char-%03d-target", index) => "queue-${index}-dlq" }
    event_bus_name      = "bus-market-data-test"
    index_names         = []
    metrics_namespace   = "Tapeproof"
    rule_names          = merge({ quarantine = "rule" }, { for index in range(49) : format("route-of-20-char-%03d", index) => "rule-${index}" })
    schedule_group_name = "schedule-group-audit-test"
    subscriptions       = {}
    table_names         = { audit = "table-audit-test", market = "table-market-test" }
    thresholds          = { age_ms = 60000, backlog_s = 60, checkpoint_minutes = 5, duration_share_of_timeout = 0.8, latency_ms = 1000, rejected_per_minute = 10 }

    functions = {
      for name in concat(["sealer"], formatlist("route-of-20-char-%03d", range(49))) :
      name => { kind = name == "sealer" ? "sealer" : "direct", log_group_name = "/aws/lambda/${name}", name = "lambda-${name}", timeout_s = 15, window_s = 0 }
    }
  }

  module {
    source = "./modules/observability"
  }

  # Amazon CloudWatch API Reference, PutCompositeAlarm: the length of a rule, and the alarms that it names.
  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_composite_alarm.part), values(aws_cloudwatch_composite_alarm.this)) : length(alarm.alarm_rule) <= 10240 && length(regexall("ALARM\\(", alarm.alarm_rule)) <= 100])
    error_message = "The rule of a composite alarm is longer than CloudWatch takes."
  }

  assert {
    condition     = aws_cloudwatch_composite_alarm.this["events-at-risk"].alarm_rule == join(" OR ", [for part in range(1, 4) : "ALARM(\"alarm-events-at-risk-${part}-suffix-of-16-let\")"])
    error_message = "Somebody is not paged when events of a part of the routes are at risk."
  }

  assert {
    condition     = length(toset(flatten([for alarm in aws_cloudwatch_composite_alarm.part : regexall("\"[^\"]+\"", alarm.alarm_rule)]))) == 98 + 3 * 50
    error_message = "An alarm is in no part."
  }

  assert {
    condition     = length(setsubtract(values(aws_cloudwatch_composite_alarm.part)[*].alarm_name, output.alarm_names)) == 0
    error_message = "A part is left out of the list of alarms."
  }

  # Amazon SNS Developer Guide, "Amazon SNS API permissions", policy quotas.
  assert {
    condition     = alltrue([for policy in aws_sns_topic_policy.this : length(policy.policy) <= 30720])
    error_message = "A topic's policy is longer than SNS takes."
  }
}
