variable "production" {
  type    = bool
  default = false
}

resource "aws_dynamodb_table" "market" { # expect: fail
  name     = "market"
  hash_key = "pk"

  dynamic "point_in_time_recovery" {
    for_each = var.production ? [1] : []
    content {
      enabled = true
    }
  }
}
