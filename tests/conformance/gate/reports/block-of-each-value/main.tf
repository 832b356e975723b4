resource "aws_dynamodb_table" "t" {
  for_each = { a = [{ on = true }], b = [] }
  name     = each.key
  dynamic "point_in_time_recovery" {
    for_each = each.value
    content {
      enabled = point_in_time_recovery.value.on
    }
  }
}
