variable "enable_point_in_time_recovery" { type = bool }
variable "replicas" {
  type    = list(string)
  default = []
}
resource "aws_dynamodb_table" "default" {
  name             = "t"
  hash_key         = "k"
  billing_mode     = "PAY_PER_REQUEST"
  stream_enabled   = length(var.replicas) > 0
  stream_view_type = length(var.replicas) > 0 ? "NEW_AND_OLD_IMAGES" : null
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
      region_name            = replica.value
      point_in_time_recovery = false
      propagate_tags         = true
    }
  }
}
