# A table's stream feeds a function.
# Source: Lambda: Process DynamoDB records, execution role permissions.

resource "aws_dynamodb_table" "ticks" {
  name             = "ticks"
  hash_key         = "pk"
  billing_mode     = "PAY_PER_REQUEST"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_iam_role_policy" "reads" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"], Resource = "${aws_dynamodb_table.ticks.arn}/stream/*" },
      { Effect = "Allow", Action = "dynamodb:ListStreams", Resource = "*" },
    ]
  })
}

resource "aws_lambda_event_source_mapping" "ticks" {
  event_source_arn  = aws_dynamodb_table.ticks.stream_arn
  function_name     = aws_lambda_function.work.arn
  starting_position = "LATEST"
}
