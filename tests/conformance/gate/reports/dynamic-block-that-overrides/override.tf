resource "aws_dynamodb_table" "t" {
  dynamic "point_in_time_recovery" {
    for_each = []
    content {
      enabled = true
    }
  }
}
