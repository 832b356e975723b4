variable "tables" {
  default = [{ n = "a", critical = true }, { n = "b", critical = false }]
}
resource "aws_dynamodb_table" "t" {
  for_each = { for t in var.tables : t.n => t }
  name     = each.key
  hash_key = "k"
  attribute {
    name = "k"
    type = "S"
  }
  point_in_time_recovery {
    enabled = alltrue(var.tables[*].critical)
  }
}
