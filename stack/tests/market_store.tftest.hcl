mock_provider "aws" {
  source = "./tests/mocks"
}

run "market_table_is_recoverable_encrypted_and_destroyable" {
  module {
    source = "./modules/market_store"
  }

  variables {
    data_key_arn       = "arn:aws:kms:us-east-1:123456789012:key/data"
    environment_suffix = "test"
  }

  assert {
    condition     = aws_dynamodb_table.market.name == "table-market-test"
    error_message = "The market table is not named by the convention."
  }

  assert {
    condition     = one(aws_dynamodb_table.market.point_in_time_recovery).enabled
    error_message = "The market table cannot be restored to a point in time."
  }

  assert {
    condition     = one(aws_dynamodb_table.market.server_side_encryption).kms_key_arn == var.data_key_arn
    error_message = "The market table is not encrypted with the data key."
  }

  assert {
    condition     = !aws_dynamodb_table.market.deletion_protection_enabled && aws_dynamodb_table.market.billing_mode == "PAY_PER_REQUEST"
    error_message = "The market table would survive destroy, or does not scale by itself."
  }

  assert {
    condition     = { for index in aws_dynamodb_table.market.global_secondary_index : index.name => "${index.hash_key} ${index.range_key} ${index.projection_type}" } == { exchange-time = "et_pk et_sk ALL", symbol-time = "st_pk st_sk ALL" }
    error_message = "The two time indexes are not what readers query."
  }

  assert {
    condition     = toset(output.index_names) == toset(aws_dynamodb_table.market.global_secondary_index[*].name) && length(output.index_names) == 2
    error_message = "An index is left out of the outputs, and so of the alarms."
  }

  assert {
    condition     = aws_dynamodb_table.market.hash_key == "pk" && aws_dynamodb_table.market.range_key == "sk" && toset(aws_dynamodb_table.market.attribute[*].name) == toset(["et_pk", "et_sk", "pk", "sk", "st_pk", "st_sk"])
    error_message = "The market table's keys are not what the functions write."
  }
}
