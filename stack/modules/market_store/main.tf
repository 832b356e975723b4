locals {
  # One venue with all symbols, by time; and one symbol on all venues, by time. Both partition keys carry a shard, or they
  # would be the system's hot partitions.
  indexes = { exchange-time = "et", symbol-time = "st" }
}

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

  dynamic "global_secondary_index" {
    for_each = local.indexes

    content {
      name            = global_secondary_index.key
      hash_key        = "${global_secondary_index.value}_pk"
      range_key       = "${global_secondary_index.value}_sk"
      projection_type = "ALL"
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.data_key_arn
  }
}
