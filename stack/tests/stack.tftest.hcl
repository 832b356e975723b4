# The root module: how the modules are put together, and what it refuses.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment_suffix = "test"
  lambda_zip_path    = "tests/mocks/aws.tfmock.hcl"
}

run "data_key_is_open_to_named_services_only_and_outputs_name_what_an_operator_needs" {
  module {
    source = "./modules/market_data_system"
  }

  assert {
    condition     = aws_kms_key.data.enable_key_rotation && aws_kms_key.data.deletion_window_in_days == 30
    error_message = "The data key does not rotate, or cannot be restored."
  }

  assert {
    condition     = aws_kms_alias.data.name == "alias/key-data-test" && aws_kms_alias.data.target_key_id == aws_kms_key.data.key_id
    error_message = "The data key's alias is misnamed or points elsewhere."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.data.policy).Statement : alltrue([for action in flatten([statement.Action]) : !strcontains(action, "*")])])
    error_message = "The data key's policy grants actions by wildcard."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.data.policy).Statement : can(statement.Condition) if statement.Sid != "AccountAdministers"])
    error_message = "The data key is open to a service on behalf of strangers."
  }

  assert {
    condition     = !contains(flatten([for statement in jsondecode(aws_kms_key.data.policy).Statement : statement.Action if statement.Sid == "AccountAdministers"]), "kms:Decrypt")
    error_message = "Administrators can read data with the key."
  }

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.data.policy).Statement : [statement.Action, statement.Condition["ForAnyValue:StringEquals"]["kms:EncryptionContextKeys"]] if statement.Sid == "AccountRecoversEvents"][0] == ["kms:Decrypt", ["aws:events:event-bus", "aws:events:event-bus:arn"]]
    error_message = "Nobody could ever read an event that the bus could not process, or people read more than that with the key."
  }

  # AWS KMS Developer Guide, "Resource quotas": a key policy document.
  assert {
    condition     = length(aws_kms_key.data.policy) <= 32768
    error_message = "The data key's policy is longer than KMS takes."
  }

  assert {
    condition     = alltrue([for name in values(output.log_group_names) : can(regex("^${replace([for statement in jsondecode(aws_kms_key.data.policy).Statement : statement.Condition.ArnLike["kms:EncryptionContext:aws:logs:arn"] if statement.Sid == "LogsEncrypt"][0], "*", "[a-z0-9-]+")}$", "arn:aws:logs:us-east-1:123456789012:log-group:${name}"))])
    error_message = "The data key names other log groups than the modules make."
  }

  assert {
    condition     = alltrue([for url in concat(values(output.dlq_urls), values(output.queue_urls)) : [for statement in jsondecode(aws_kms_key.data.policy).Statement : statement.Condition.ArnLike["kms:EncryptionContext:aws:sqs:arn"] if statement.Sid == "RulesFillQueues"][0] == "arn:aws:sqs:us-east-1:123456789012:queue-*-test"])
    error_message = "The data key names other queues than the modules make, so that EventBridge could not fill them; or names them one by one, so that a route's queue is refused before its rule is gone."
  }

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.data.policy).Statement : statement.Condition.ArnEquals["kms:EncryptionContext:aws:sns:topicArn"] if statement.Sid == "AlarmsNotify"][0] == ["arn:aws:sns:us-east-1:123456789012:topic-alarms-test", "arn:aws:sns:us-east-1:123456789012:topic-page-test"]
    error_message = "The data key names other topics than the modules make, so that alarms would be silent."
  }

  assert {
    condition     = output.auditor_role_arn == null
    error_message = "There is an auditor's role that nobody asked for."
  }

  assert {
    condition     = length(output.alarm_names) == 113
    error_message = "The default stack has other alarms than docs/deploy.md counts the price of."
  }

  assert {
    condition     = output.function_names == { for name in ["book", "quarantine", "quote", "sealer", "status", "trade"] : name => "lambda-${name}-test" }
    error_message = "A function is missing from the outputs, or misnamed."
  }

  assert {
    condition     = toset(keys(output.dlq_urls)) == toset(flatten([["bus", "schedule", "sealer"], [for name in ["book", "quarantine", "quote", "status", "trade"] : [name, "${name}-target"]]]))
    error_message = "A dead-letter queue is missing from the outputs, and so from the alarms."
  }

  assert {
    condition     = keys(output.queue_urls) == ["book", "quote", "status", "trade"]
    error_message = "The routes' queues are not the outputs."
  }

  assert {
    condition     = keys(output.publisher_policies) == ["bitstamp", "coinbase", "gemini", "kraken"] && jsondecode(output.publisher_policies.kraken).Statement == [{ Sid = "PublishOwnVenue", Effect = "Allow", Action = ["events:PutEvents"], Resource = [output.event_bus_arn], Condition = { "ForAllValues:StringEquals" = { "events:detail-type" = ["Book", "Quote", "Status", "Trade"], "events:source" = "marketdata.kraken" }, Null = { "events:detail-type" = "false", "events:source" = "false" } } }]
    error_message = "The publisher of a venue may speak for another."
  }

  assert {
    condition     = output.key_layout == { hour_shards = 4, minute_shards = 8, record_shards = 1 }
    error_message = "Readers are not told how keys are spread."
  }

  assert {
    condition     = output.routes.trade == { delivery = "direct", detail_types = tolist(["Trade"]), sources = tolist(["marketdata.bitstamp", "marketdata.coinbase", "marketdata.gemini", "marketdata.kraken"]) }
    error_message = "The trade route does not take every venue directly."
  }

  assert {
    condition     = output.event_bus_name == "bus-market-data-test" && output.market_table_name == "table-market-test" && output.audit_table_name == "table-audit-test" && output.log_origin == "tapeproof/123456789012/test"
    error_message = "Names do not follow the convention."
  }

  assert {
    condition     = output.dashboard_url == "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/dashboard-market-data-test"
    error_message = "The dashboard cannot be opened by its link."
  }
}

run "auditor_reads_named_resources_and_changes_nothing" {
  module {
    source = "./modules/market_data_system"
  }

  variables {
    auditor_principal_arns = ["arn:aws:iam::210987654321:role/auditor"]
  }

  assert {
    condition     = jsondecode(aws_iam_role.auditor[0].assume_role_policy).Statement[*].Principal == [{ AWS = ["arn:aws:iam::210987654321:role/auditor"] }] && aws_iam_role.auditor[0].name == "role-auditor-test"
    error_message = "Somebody else may take the auditor's role."
  }

  assert {
    condition     = alltrue([for action in flatten([for policy in concat(values(aws_iam_policy.auditor_routes), aws_iam_role_policy.auditor) : jsondecode(policy.policy).Statement[*].Action]) : can(regex("^[a-z0-9]+:(Describe|Get|List|Query|Scan|FilterLogEvents|Decrypt)", action))])
    error_message = "The auditor may change something."
  }

  assert {
    condition     = { for statement in flatten([for policy in concat(values(aws_iam_policy.auditor_routes), aws_iam_role_policy.auditor) : jsondecode(policy.policy).Statement]) : statement.Sid => [for resource in statement.Resource : resource if strcontains(resource, "*")] if length([for resource in statement.Resource : resource if strcontains(resource, "*")]) > 0 && !contains(["ListWhatExists", "ReadLogs", "ReadTiles"], statement.Sid) } == {}
    error_message = "The auditor may read resources of other stacks."
  }

  assert {
    condition     = keys(aws_iam_policy.auditor_routes) == ["1"] && aws_iam_policy.auditor_routes["1"].name == "policy-auditor-routes-1-test"
    error_message = "The auditor's policies do not follow the naming convention, or are more than the routes need."
  }
}

run "one_entry_adds_an_exchange_to_every_route" {
  module {
    source = "./modules/market_data_system"
  }

  variables {
    venues = ["coinbase", "nyse"]
  }

  assert {
    condition     = alltrue([for route in output.routes : route.sources == tolist(["marketdata.coinbase", "marketdata.nyse"])])
    error_message = "A new exchange is not taken by every route."
  }
}

run "an_exchange_may_have_a_route_of_its_own" {
  module {
    source = "./modules/market_data_system"
  }

  variables {
    routes = {
      nyse  = { delivery = "buffered", detail_types = ["Quote", "Trade"], sources = ["marketdata.nyse"] }
      trade = { detail_types = ["Trade"] }
    }
  }

  assert {
    condition     = output.function_names.nyse == "lambda-nyse-test" && output.routes.nyse.delivery == "buffered"
    error_message = "A route of its own does not get its own function."
  }
}

run "a_retired_route_takes_nothing_and_what_it_took_is_quarantined" {
  module {
    source = "./modules/market_data_system"
  }

  variables {
    routes = {
      quote = { delivery = "buffered", detail_types = ["Quote"], retired = true }
      trade = { detail_types = ["Trade"] }
    }
  }

  assert {
    condition     = !strcontains(module.event_bus.catch_all_pattern, "Quote") && keys(module.event_bus.route_patterns) == ["trade"] && output.function_names.quote == "lambda-quote-test"
    error_message = "A retired route's events are lost, or its function is gone before it has worked off what waits."
  }
}

run "accounts_that_may_publish_reach_every_function" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    publishers = { coinbase = ["123456789012", "210987654321"], kraken = ["123456789012"] }
  }

  assert {
    condition     = local.processor_common.environment.PUBLISHERS == "coinbase=123456789012 210987654321,kraken=123456789012"
    error_message = "The functions take messages from accounts that are no publisher of their venue."
  }
}
