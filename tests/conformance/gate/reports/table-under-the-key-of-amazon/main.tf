resource "aws_dynamodb_table" "t" {
  name = "table-t"
}
