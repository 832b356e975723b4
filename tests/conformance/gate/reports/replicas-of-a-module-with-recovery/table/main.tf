variable "enable_point_in_time_recovery" { type = bool }
variable "replicas" {
  type    = any
  default = []
}
resource "aws_dynamodb_table" "default" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  point_in_time_recovery {
    enabled = var.enable_point_in_time_recovery
  }
  dynamic "replica" {
    for_each = var.replicas
    content {
      region_name            = replica.value.region_name
      kms_key_arn            = lookup(replica.value, "kms_key_arn", null)
      point_in_time_recovery = lookup(replica.value, "point_in_time_recovery", var.enable_point_in_time_recovery)
    }
  }
}
