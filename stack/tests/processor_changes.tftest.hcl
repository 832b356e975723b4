# What a change of a route does to its rule and its queue.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  account               = { id = "123456789012", partition = "aws", region = "us-east-1" }
  async_maximum_age_s   = 3600
  audit_table_arn       = "arn:aws:dynamodb:us-east-1:123456789012:table/table-audit-test"
  batch                 = { max_receive_count = 5, maximum_concurrency = 4, retention_s = 345600, size = 25, window_s = 1 }
  data_key_arn          = "arn:aws:kms:us-east-1:123456789012:key/data"
  delivery              = "direct"
  dlq_retention_seconds = 1209600
  environment           = { MARKET_TABLE = "table-market-test" }
  environment_suffix    = "test"
  event_bus_name        = "bus-market-data-test"
  event_pattern         = "{\"source\":[\"marketdata.coinbase\"]}"
  log_retention_days    = 365
  market_table_arn      = "arn:aws:dynamodb:us-east-1:123456789012:table/table-market-test"
  name                  = "trade"
  target_retry          = { attempts = 185, maximum_age_s = 3600 }

  function = {
    architecture            = "arm64"
    memory_mb               = 512
    provisioned_concurrency = 0
    runtime                 = "python3.11"
    timeout_s               = 15
    tracing_mode            = "Active"
    zip_path                = "tests/mocks/aws.tfmock.hcl"
  }
}

run "a_retired_route_takes_nothing_and_works_off_what_waits" {
  module {
    source = "./modules/processor"
  }

  variables {
    event_pattern = null
  }

  assert {
    condition     = length(aws_cloudwatch_event_rule.this) + length(aws_cloudwatch_event_target.this) + length(aws_lambda_permission.rule) == 0 && output.rule_name == null
    error_message = "A retired route still takes events."
  }

  assert {
    condition     = length(aws_lambda_event_source_mapping.buffer) == 1 && length(aws_lambda_function_event_invoke_config.this) == 2
    error_message = "A retired route leaves what waits."
  }
}

run "without_a_batch_there_is_no_queue" {
  module {
    source = "./modules/processor"
  }

  variables {
    batch = null
    name  = "quarantine"
  }

  assert {
    condition     = length(aws_sqs_queue.buffer) + length(aws_lambda_event_source_mapping.buffer) == 0 && output.buffer_queue == null && jsondecode(aws_sqs_queue.dlq.redrive_allow_policy) == { redrivePermission = "denyAll" }
    error_message = "A route that is never buffered has a queue."
  }

  assert {
    condition     = !contains(jsondecode(aws_iam_role_policy.function.policy).Statement[*].Sid, "ReadBuffer")
    error_message = "A function may read a queue that it has not."
  }
}

run "a_rule_is_made_anew_when_its_pattern_delivery_or_neighbours_change" {
  command = plan

  module {
    source = "./modules/processor"
  }

  variables {
    generation_of = { quote = "{}" }
  }

  assert {
    condition     = local.generation == substr(sha256(jsonencode(["direct", var.event_pattern, { quote = "{}" }])), 0, 8)
    error_message = "A rule would be changed where it stands, and events lost while its neighbours are."
  }
}

run "pollers_stay_ready_instead_of_a_bound_of_concurrency" {
  command = plan

  module {
    source = "./modules/processor"
  }

  variables {
    batch    = { max_receive_count = 5, maximum_concurrency = 4, pollers = { maximum = 40, minimum = 20 }, retention_s = 345600, size = 10, window_s = 0 }
    delivery = "buffered"
  }

  assert {
    condition     = aws_lambda_event_source_mapping.buffer[0].provisioned_poller_config[0].minimum_pollers == 20 && aws_lambda_event_source_mapping.buffer[0].provisioned_poller_config[0].maximum_pollers == 40 && length(aws_lambda_event_source_mapping.buffer[0].scaling_config) == 0
    error_message = "The queue's mapping is not in provisioned mode, or has both modes, which AWS refuses."
  }
}

run "a_stable_version_takes_its_share_beside_the_newest" {
  command = plan

  module {
    source = "./modules/processor"
  }

  variables {
    delivery = "direct"
    stable   = { share = 0.9, version = "7" }
  }

  assert {
    condition     = aws_lambda_alias.live.routing_config[0].additional_version_weights == tomap({ "7" = 0.9 })
    error_message = "New code takes every event at once, though a stable version was named."
  }
}
