variable "recovery" {
  type    = map(string)
  default = {}
}

resource "aws_dynamodb_table" "trades" {
  name     = "trades"
  hash_key = "id"
  dynamic "point_in_time_recovery" {
    for_each = length(keys(var.recovery)) == 0 ? [] : [var.recovery]
    content {
      enabled = lookup(point_in_time_recovery.value, "enabled", null)
    }
  }
}
