variable "create_table" {
  type    = bool
  default = true
}
variable "autoscaling_enabled" {
  type    = bool
  default = false
}
variable "point_in_time_recovery_enabled" {
  type    = bool
  default = false
}
resource "aws_dynamodb_table" "this" {
  count        = var.create_table && !var.autoscaling_enabled ? 1 : 0
  name         = "t"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = var.point_in_time_recovery_enabled }
}
resource "aws_dynamodb_table" "autoscaled" {
  count          = var.create_table && var.autoscaling_enabled ? 1 : 0
  name           = "t"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = true }
  lifecycle { ignore_changes = [read_capacity, write_capacity] }
}
