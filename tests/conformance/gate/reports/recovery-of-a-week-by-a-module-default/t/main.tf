variable "pitr" {
  type = object({
    enabled = optional(bool, true)
    days    = optional(number, 7)
  })
  default = {}
}
resource "aws_dynamodb_table" "t" {
  name         = "t"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled                 = var.pitr.enabled
    recovery_period_in_days = var.pitr.days
  }
}
