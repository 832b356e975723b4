# As many routes as a stack takes, with the longest names: what grows with them stays within AWS's limits.
# Planned only, with the mocked values: nine hundred alarms take a minute to be made.
mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  environment_suffix = "suffix-of-16-let"
  lambda_zip_path    = "tests/mocks/aws.tfmock.hcl"
}

run "auditor_reads_every_route_of_the_largest_stack" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  override_module {
    target = module.observability
    outputs = {
      alarm_names     = []
      alarm_topic_arn = "arn:aws:sns:us-east-1:123456789012:topic-alarms-suffix-of-16-let"
      dashboard_name  = "dashboard"
      page_topic_arn  = "arn:aws:sns:us-east-1:123456789012:topic-page-suffix-of-16-let"
    }
  }

  variables {
    auditor_principal_arns = ["arn:aws:iam::210987654321:role/auditor"]
    routes                 = { for index in range(49) : format("route-of-20-char-%03d", index) => { delivery = "buffered", detail_types = ["T${index}"] } }
  }

  # AWS IAM User Guide, "IAM and AWS STS quotas": a managed policy, and how many a role has unless the quota is raised.
  assert {
    condition     = max([for policy in aws_iam_policy.auditor_routes : length(replace(policy.policy, "role/mock", "role/role-lambda-route-of-20-char-000-suffix-of-16-let"))]...) <= 6144 && length(aws_iam_role_policy_attachment.auditor_routes) <= 10
    error_message = "The auditor's policies are longer, or more, than IAM takes."
  }

  assert {
    condition     = length(replace(aws_iam_role_policy.auditor[0].policy, "policy/mock", "policy/policy-auditor-routes-10-suffix-of-16-let")) <= 10240
    error_message = "The auditor's own policy is longer than IAM takes."
  }

  assert {
    condition = toset(flatten([for policy in aws_iam_policy.auditor_routes : [for statement in jsondecode(policy.policy).Statement : statement.Resource if statement.Sid == "ReadFunctions"]])) == toset(flatten([
      for name in concat(keys(var.routes), ["quarantine"]) : [for qualifier in ["", ":alias-live-suffix-of-16-let"] : "arn:aws:lambda:us-east-1:123456789012:function:lambda-${name}-suffix-of-16-let${qualifier}"]
    ]))
    error_message = "The auditor does not see the function of every route."
  }

  assert {
    condition     = alltrue([for key, attachment in aws_iam_role_policy_attachment.auditor_routes : attachment.role == aws_iam_role.auditor[0].name && attachment.policy_arn == aws_iam_policy.auditor_routes[key].arn])
    error_message = "A policy of the auditor is not attached to the role."
  }

  assert {
    condition     = length(aws_kms_key.data.policy) <= 32768
    error_message = "The data key's policy is longer than KMS takes."
  }
}

run "alarms_of_the_largest_stack_page_within_the_limits_of_cloudwatch" {
  command = plan

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
    thresholds          = { age_ms = 60000, backlog_s = 60, checkpoint_minutes = 5, duration_share_of_timeout = 0.8, ingestion_ms = 1000, latency_ms = 1000, rejected_per_minute = 10, table_ms = 10 }

    functions = {
      for name in concat(["sealer"], formatlist("route-of-20-char-%03d", range(49))) :
      name => { log_group_name = "/aws/lambda/${name}", name = "lambda-${name}", timeout_s = 15, window_s = 0 }
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
