variable "pitr" {
  type    = bool
  default = false
}
resource "aws_dynamodb_table" "t" {
  name = "t"
  point_in_time_recovery {
    enabled = coalesce(var.pitr, true)
  }
}
