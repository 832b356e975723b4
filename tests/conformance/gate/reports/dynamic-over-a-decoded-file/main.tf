locals {
  tables = yamldecode(file("${path.module}/tables.yaml"))
}
resource "aws_dynamodb_table" "t" {
  for_each = local.tables
  name     = each.key
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  dynamic "point_in_time_recovery" {
    for_each = try(each.value.backup, null) == null ? [] : [each.value.backup]
    content {
      enabled = point_in_time_recovery.value.enabled
    }
  }
}
