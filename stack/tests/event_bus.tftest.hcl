mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  account                = { id = "123456789012", partition = "aws", region = "us-east-1" }
  archive_retention_days = 30
  data_key_arn           = "arn:aws:kms:us-east-1:123456789012:key/data"
  dlq_retention_seconds  = 1209600
  encrypt_with_data_key  = true
  environment_suffix     = "test"
  routes = {
    quote = { detail_types = ["Quote"], sources = ["marketdata.kraken", "marketdata.coinbase"] }
    trade = { detail_types = ["Trade"], sources = ["marketdata.coinbase", "marketdata.kraken"] }
  }
}

run "bus_is_encrypted_archived_and_has_a_dead_letter_queue" {
  module {
    source = "./modules/event_bus"
  }

  assert {
    condition     = aws_cloudwatch_event_bus.this.name == "bus-market-data-test" && aws_cloudwatch_event_bus.this.kms_key_identifier == var.data_key_arn
    error_message = "The bus is misnamed or not encrypted with the data key."
  }

  assert {
    condition     = one(aws_cloudwatch_event_bus.this.dead_letter_config).arn == aws_sqs_queue.dlq.arn
    error_message = "Events that the bus cannot decrypt are lost."
  }

  assert {
    condition     = aws_cloudwatch_event_archive.this.event_source_arn == aws_cloudwatch_event_bus.this.arn && aws_cloudwatch_event_archive.this.event_pattern == null && aws_cloudwatch_event_archive.this.retention_days == 30
    error_message = "The archive does not keep every event of the bus for the configured time."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.dlq.redrive_allow_policy) == { redrivePermission = "denyAll" } && aws_sqs_queue.dlq.kms_master_key_id == var.data_key_arn && aws_sqs_queue.dlq.message_retention_seconds == 1209600
    error_message = "The bus's dead-letter queue is not encrypted or forgets too soon."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.dlq.policy).Statement[0].Condition.ArnEquals["aws:SourceArn"] == "arn:aws:events:us-east-1:123456789012:event-bus/bus-market-data-test"
    error_message = "The dead-letter queue is open to more than this bus."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.dlq.policy).Statement[1] == { Sid = "DenyPlaintextTransport", Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "arn:aws:sqs:us-east-1:123456789012:queue-bus-dlq-test", Condition = { Bool = { "aws:SecureTransport" = "false" } } }
    error_message = "The dead-letter queue takes plaintext connections."
  }
}

run "bus_may_use_a_key_that_aws_owns" {
  command = plan

  module {
    source = "./modules/event_bus"
  }

  variables {
    encrypt_with_data_key = false
  }

  assert {
    condition     = aws_cloudwatch_event_bus.this.kms_key_identifier == null && aws_sqs_queue.dlq.kms_master_key_id == var.data_key_arn
    error_message = "The bus still uses the data key, or its dead-letter queue no longer does."
  }
}

run "routes_with_the_same_sources_share_a_branch_of_the_catch_all" {
  module {
    source = "./modules/event_bus/patterns"
  }

  assert {
    condition     = jsondecode(output.routes.trade) == { "detail-type" = ["Trade"], source = ["marketdata.coinbase", "marketdata.kraken"] }
    error_message = "A route's pattern is not its types and sources."
  }

  assert {
    condition = jsondecode(output.catch_all) == { "$or" = [
      { "detail-type" = [{ "anything-but" = ["Quote", "Trade"] }] },
      { "detail-type" = ["Quote", "Trade"], source = [{ "anything-but" = ["marketdata.coinbase", "marketdata.kraken"] }] },
    ] }
    error_message = "The catch-all is not the shortest complement of the routes."
  }
}

run "catch_all_complements_routes_with_sources_and_narrowing_of_their_own" {
  module {
    source = "./modules/event_bus/patterns"
  }

  variables {
    routes = {
      bitcoin = { detail_types = ["Trade"], sources = ["marketdata.kraken"], pattern = { symbol = ["BTC-EUR", "BTC-USD"] } }
      trade   = { detail_types = ["Trade"], sources = ["marketdata.coinbase"] }
    }
  }

  assert {
    condition     = jsondecode(output.routes.bitcoin).detail == { symbol = ["BTC-EUR", "BTC-USD"] }
    error_message = "A route's narrowing is not part of its pattern."
  }

  assert {
    condition = jsondecode(output.catch_all) == { "$or" = [
      { "detail-type" = [{ "anything-but" = ["Trade"] }] },
      { "detail-type" = ["Trade"], source = [{ "anything-but" = ["marketdata.coinbase", "marketdata.kraken"] }] },
      { "detail-type" = ["Trade"], source = ["marketdata.kraken"], detail = { symbol = [{ "anything-but" = ["BTC-EUR", "BTC-USD"] }, { exists = false }] } },
    ] }
    error_message = "An event that a narrowed route leaves out is not quarantined."
  }
}
