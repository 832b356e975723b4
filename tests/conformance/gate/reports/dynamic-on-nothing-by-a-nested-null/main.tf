variable "table" {
  type = object({
    name     = string
    recovery = optional(object({ enabled = optional(bool, true) }))
  })
  default = { name = "t" }
}
resource "aws_dynamodb_table" "t" {
  name     = var.table.name
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  dynamic "point_in_time_recovery" {
    for_each = var.table.recovery != null ? { config = var.table.recovery } : {}
    content {
      enabled = point_in_time_recovery.value.enabled
    }
  }
}
