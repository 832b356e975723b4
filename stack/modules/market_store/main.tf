# Keys: `type#venue#symbol#<hour>` and `<ts_event ns>#<sequence>`, so that a venue's symbol fills one partition an hour.
resource "aws_dynamodb_table" "market" {
  name                        = "table-market-${var.environment_suffix}"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = false
  hash_key                    = "pk"
  range_key                   = "sk"

  dynamic "attribute" {
    for_each = toset(["et_pk", "et_sk", "pk", "sk", "st_pk", "st_sk"])

    content {
      name = attribute.value
      type = "S"
    }
  }

  # One symbol on all venues, by time.
  global_secondary_index {
    name            = "symbol-time"
    hash_key        = "st_pk"
    range_key       = "st_sk"
    projection_type = "ALL"
  }

  # One venue with all symbols, by time; its partition key carries a shard, or it would be the system's hot partition.
  global_secondary_index {
    name            = "exchange-time"
    hash_key        = "et_pk"
    range_key       = "et_sk"
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.data_key_arn
  }
}
