locals {
  conf   = yamldecode(file("${path.module}/tables.yaml"))
  tables = { for t in local.conf.tables : t.name => merge(local.conf.defaults, t) }
}
resource "aws_dynamodb_table" "t" {
  for_each = local.tables
  name     = each.key
  hash_key = each.value.hash_key
  attribute {
    name = each.value.hash_key
    type = "S"
  }
  point_in_time_recovery {
    enabled = each.value.pitr
  }
}
