locals {
  tables = merge([for file in fileset(path.module, "tables/*.txt") : provider::terraform::decode_tfvars(file("${path.module}/${file}"))]...)
}
resource "aws_dynamodb_table" "t" {
  for_each     = local.tables
  name         = each.key
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = each.value.key
  attribute {
    name = each.value.key
    type = "S"
  }
  point_in_time_recovery { enabled = each.value.recovers }
}
