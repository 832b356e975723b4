# What the system and its root refuse. Each rule of each variable is broken by one of these runs; tests/unit/stack holds the
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

  module {
    source = "./modules/market_data_system"
  }

  variables {
    alarm_subscriptions      = { bot = { endpoint = "bot", protocol = "lambda" }, desk = { endpoint = "http://desk.example", protocol = "http" } }
    architecture             = "riscv"
    archive_retention_days   = -1
    async_maximum_age_s      = 60
    auditor_principal_arns   = ["*"]
    buffer_retention_days    = 14
    change_watch             = { trail = { retention_days = 1 } }
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
    permissions_boundary_arn = "boundary"
    quarantine               = { timeout_s = 1 }
    region                   = "eu-west-1"
    role_path                = "workloads"
    runbook_url              = "http://runbook.example/page#dlq"
    runtime                  = "python3.8"
    sealer                   = { timeout_s = 1 }
    target_retry             = { attempts = 0 }
    thresholds               = { duration_share_of_timeout = 1, latency_ms = 0 }
    tracing_mode             = "Off"
    venues                   = ["new york"]
    vpc                      = { security_group_ids = [], subnet_ids = ["subnet-1"] }
  }

  expect_failures = [
    var.alarm_subscriptions,
    var.architecture,
    var.archive_retention_days,
    var.async_maximum_age_s,
    var.auditor_principal_arns,
    var.buffer_retention_days,
    var.change_watch,
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
    var.permissions_boundary_arn,
    var.quarantine,
    var.region,
    var.role_path,
    var.runbook_url,
    var.runtime,
    var.sealer,
    var.target_retry,
    var.thresholds,
    var.tracing_mode,
    var.venues,
    var.vpc,
  ]
}

# Apart from the first run, because a rule that reads another variable is not asked while that one is refused.
run "refuses_other_values_that_break_the_service" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    checkpoint_key_generations = []
    dlq_retention_days         = 30
    lambda_zip_s3              = { bucket = "packages", key = "lambda.zip", sha256 = "0f" }
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
    var.lambda_zip_s3,
    var.log_retention_days,
    var.record_shards,
    var.routes,
    var.seal_every_minutes,
  ]
}

run "refuses_what_functions_and_alarms_would_refuse_later" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    code_signing_config_arn = "csc"
    lambda_zip_s3           = { bucket = "packages", key = "lambda.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
    late_after_ms           = 10.5
    max_item_bytes          = 50000.5
    publishers              = { nasdaq = ["desk"] }
    table_maintainer_arns   = ["arn:aws:iam::123456789012:role/*"]
    quarantine              = { reserved_concurrency = 0 }
    sealer                  = { reserved_concurrency = 0 }
    thresholds              = { checkpoint_minutes = 5.5 }
    routes = {
      quote     = { delivery = "buffered", detail_types = ["Quote"], reserved_concurrency = 10 }
      trade-dlq = { delivery = "buffered", detail_types = ["Trade"], sources = ["bank.desk"] }
    }
  }

  expect_failures = [
    var.code_signing_config_arn,
    var.lambda_zip_path,
    var.late_after_ms,
    var.max_item_bytes,
    var.publishers,
    var.table_maintainer_arns,
    var.quarantine,
    var.routes,
    var.sealer,
    var.thresholds,
  ]
}

run "refuses_more_auditors_than_a_trust_policy_names" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    auditor_principal_arns = [for index in range(40) : "arn:aws:iam::123456789012:role/auditor-number-${index}"]
  }

  expect_failures = [var.auditor_principal_arns]
}

run "refuses_silences_that_would_never_be_heard" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    silences = { Desk = { close = "08:00", days = [], minutes = 0, open = "09:00", route = "fx", type = "Trade", venue = "nyse" } }
  }

  expect_failures = [var.silences]
}

# Of the root alone: tags are its provider's, and a state is its workspace's.
run "refuses_tags_that_are_amazons_own" {
  command = plan

  variables {
    tags = { "aws:owner" = "desk" }
  }

  expect_failures = [var.tags]
}

run "refuses_a_provider_of_another_region" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  override_data {
    target          = data.aws_region.current
    override_during = plan
    values          = { id = "eu-west-1" }
  }

  expect_failures = [data.aws_region.current]
}
