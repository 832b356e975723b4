variable "production" {
  type    = bool
  default = false
}

resource "aws_dynamodb_table" "market" { # expect: fail
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  dynamic "point_in_time_recovery" {
    for_each = var.production ? [1] : []
    content {
      enabled = true
    }
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
