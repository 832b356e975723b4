# The table has no stream.
# Source: DynamoDB: Change data capture for DynamoDB Streams, enabling a stream.
# Stops at: aws_lambda_event_source_mapping.ticks, aws_dynamodb_table.ticks

resource "aws_dynamodb_table" "ticks" {
  name         = "ticks"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_iam_role_policy_attachment" "reads" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole"
}

resource "aws_lambda_event_source_mapping" "ticks" {
  event_source_arn  = aws_dynamodb_table.ticks.stream_arn
  function_name     = aws_lambda_function.work.arn
  starting_position = "LATEST"
}
