resource "aws_dynamodb_table" "x" {
  name = "t"
  point_in_time_recovery {
    enabled = true
  }
  lifecycle {
    ignore_changes = [read_capacity, point_in_time_recovery[0].enabled]
  }
}
