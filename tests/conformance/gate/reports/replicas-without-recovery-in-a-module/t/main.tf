variable "replicas" {
  type    = list(string)
  default = []
}
variable "enable_point_in_time_recovery" {
  type    = bool
  default = true
}
resource "aws_dynamodb_table" "t" {
  name = "t"
  point_in_time_recovery {
    enabled = var.enable_point_in_time_recovery
  }
  dynamic "replica" {
    for_each = var.replicas
    content {
      region_name            = replica.value
      point_in_time_recovery = false
    }
  }
}
