# What the root module refuses. Each rule of each variable is broken by one of these runs; tests/unit/stack holds the
# message of every rule against what Terraform says to them.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment_suffix = "test"
  lambda_zip_path    = "tests/mocks/aws.tfmock.hcl"
}

run "refuses_values_that_break_the_service" {
  command = plan

  variables {
    alarm_subscriptions      = { bot = { endpoint = "bot", protocol = "lambda" }, desk = { endpoint = "http://desk.example", protocol = "http" } }
    architecture             = "riscv"
    archive_retention_days   = -1
    async_maximum_age_s      = 60
    auditor_principal_arns   = ["*"]
    buffer_retention_days    = 14
    checkpoint_algorithm     = "RSA_2048"
    environment_suffix       = ""
    hour_shards              = 257
    key_deletion_window_days = 1
    lambda_zip_path          = "nowhere.zip"
    late_after_ms            = 0
    log_level                = "ERROR"
    log_origin               = "our log"
    log_retention_days       = 7
    max_item_bytes           = 500000
    metrics_namespace        = "AWS/Lambda"
    minute_shards            = 0
    overwritten_tile_days    = 1
    quarantine               = { timeout_s = 1 }
    region                   = "eu-west-1"
    runbook_url              = "http://runbook.example/page#dlq"
    runtime                  = "python3.8"
    sealer                   = { timeout_s = 1 }
    tags                     = { "aws:owner" = "desk" }
    target_retry             = { attempts = 0 }
    thresholds               = { duration_share_of_timeout = 1, latency_ms = 0 }
    tracing_mode             = "Off"
    venues                   = ["new york"]
  }

  expect_failures = [
    var.alarm_subscriptions,
    var.architecture,
    var.archive_retention_days,
    var.async_maximum_age_s,
    var.auditor_principal_arns,
    var.buffer_retention_days,
    var.checkpoint_algorithm,
    var.environment_suffix,
    var.hour_shards,
    var.key_deletion_window_days,
    var.lambda_zip_path,
    var.late_after_ms,
    var.log_level,
    var.log_origin,
    var.log_retention_days,
    var.max_item_bytes,
    var.metrics_namespace,
    var.minute_shards,
    var.overwritten_tile_days,
    var.quarantine,
    var.region,
    var.runbook_url,
    var.runtime,
    var.sealer,
    var.tags,
    var.target_retry,
    var.thresholds,
    var.tracing_mode,
    var.venues,
  ]
}

run "refuses_routes_that_break_every_rule_of_a_route" {
  command = plan

  variables {
    routes = {
      sealer = { detail_types = ["Trade"] }
      bad    = { delivery = "streamed", detail_types = [] }
      deaf   = { detail_types = ["Quote"], sources = [] }
      greedy = {
        batch_size           = 100
        batch_window_s       = 0
        detail_types         = ["Trade"]
        maximum_concurrency  = 1
        memory_mb            = 64
        pattern              = { symbol = [] }
        reserved_concurrency = 0
      }
    }
  }

  expect_failures = [var.routes]
}

# Apart from the first run, because a rule that reads another variable is not asked while that one is refused.
run "refuses_other_values_that_break_the_service" {
  command = plan

  variables {
    checkpoint_key_generations = []
    dlq_retention_days         = 30
    record_shards              = 0
    environment_suffix         = "a-very-long-environment"
    log_retention_days         = 45
    routes                     = {}
    seal_every_minutes         = 10
  }

  expect_failures = [
    var.checkpoint_key_generations,
    var.dlq_retention_days,
    var.environment_suffix,
    var.log_retention_days,
    var.record_shards,
    var.routes,
    var.seal_every_minutes,
  ]
}

run "refuses_what_functions_and_alarms_would_refuse_later" {
  command = plan

  variables {
    late_after_ms  = 10.5
    max_item_bytes = 50000.5
    quarantine     = { reserved_concurrency = 0 }
    sealer         = { reserved_concurrency = 0 }
    thresholds     = { checkpoint_minutes = 5.5 }
    routes = {
      quote     = { delivery = "buffered", detail_types = ["Quote"], reserved_concurrency = 10 }
      trade-dlq = { delivery = "buffered", detail_types = ["Trade"], sources = ["bank.desk"] }
    }
  }

  expect_failures = [
    var.late_after_ms,
    var.max_item_bytes,
    var.quarantine,
    var.routes,
    var.sealer,
    var.thresholds,
  ]
}

run "refuses_routes_that_take_the_same_events" {
  command = plan

  variables {
    routes = {
      kraken = { detail_types = ["Quote", "Trade"], sources = ["marketdata.kraken"] }
      trade  = { detail_types = ["Trade"] }
    }
  }

  expect_failures = [var.routes]
}

run "refuses_a_route_narrowed_by_a_nested_field" {
  command = plan

  variables {
    routes = { trade = { detail_types = ["Trade"], pattern = { "order.side" = ["buy"] } } }
  }

  expect_failures = [var.routes]
}

run "refuses_more_auditors_than_a_trust_policy_names" {
  command = plan

  variables {
    auditor_principal_arns = [for index in range(40) : "arn:aws:iam::123456789012:role/auditor-number-${index}"]
  }

  expect_failures = [var.auditor_principal_arns]
}

run "refuses_more_routes_than_one_stack_takes" {
  command = plan

  variables {
    routes = { for index in range(50) : "route-${index}" => { detail_types = ["T${index}"] } }
  }

  expect_failures = [var.routes]
}

run "refuses_silences_that_would_never_be_heard" {
  command = plan

  variables {
    silences = { Desk = { close = "08:00", days = [], minutes = 0, open = "09:00", route = "fx", type = "Trade", venue = "nyse" } }
  }

  expect_failures = [var.silences]
}
