# A replica that is a resource of its own has its own key, whatever the table's is.
resource "aws_dynamodb_table_replica" "frankfurt" { # expect: fail
  global_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
}
