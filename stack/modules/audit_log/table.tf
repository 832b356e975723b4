# Entries, lanes, head and checkpoints of the log; `x` is the time after which an exported, pruned entry goes.
resource "aws_dynamodb_table" "audit" {
  name                        = "table-audit-${var.environment_suffix}"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = false
  hash_key                    = "pk"
  range_key                   = "sk"

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  ttl {
    attribute_name = "x"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.data_key_arn
  }
}
