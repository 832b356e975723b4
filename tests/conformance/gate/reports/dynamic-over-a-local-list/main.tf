locals {
  recovery = [{ enabled = false }]
}
resource "aws_dynamodb_table" "t" {
  name         = "t"
  hash_key     = "k"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "k"
    type = "S"
  }
  dynamic "point_in_time_recovery" {
    for_each = local.recovery
    content {
      enabled = point_in_time_recovery.value.enabled
    }
  }
}
