locals {
  files  = fileset("${path.module}/tables", "*.yml")
  tables = merge([for f in local.files : { trimsuffix(f, ".yml") = yamldecode(file("${path.module}/tables/${f}")) }]...)
}
resource "aws_dynamodb_table" "t" {
  for_each = local.tables
  name     = each.key
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  point_in_time_recovery {
    enabled = try(each.value.recovery.enabled, true)
  }
}
