# The mapping names the table in place of its stream.
# Source: AWS Lambda Developer Guide, Using Lambda with DynamoDB.
# Stops at: aws_lambda_event_source_mapping.m

resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"], Resource = "*" }]
  })
}

resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn  = aws_dynamodb_table.orders.arn
  function_name     = aws_lambda_function.work.arn
  starting_position = "LATEST"
}
