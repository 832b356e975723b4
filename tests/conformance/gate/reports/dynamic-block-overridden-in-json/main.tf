resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  dynamic "point_in_time_recovery" {
    for_each = [1]
    content {
      enabled = true
    }
  }
}
