variable "enable_point_in_time_recovery" {
  type    = bool
  default = true
}

resource "aws_dynamodb_table" "this" {
  name     = "locks"
  hash_key = "id"
  point_in_time_recovery {
    enabled = var.enable_point_in_time_recovery
  }
}
