# The pipe's source is the table, not its stream.
# Source: EventBridge User Guide, DynamoDB stream as a source.
# Stops at: aws_pipes_pipe.p

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

resource "aws_iam_role" "pipe" {
  name = "pipe"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "pipes.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "pipe" {
  name = "pipe"
  role = aws_iam_role.pipe.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"], Resource = "*" },
    { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.work.arn }]
  })
}

resource "aws_pipes_pipe" "p" {
  name     = "p"
  role_arn = aws_iam_role.pipe.arn
  source   = aws_dynamodb_table.orders.arn
  target   = aws_lambda_function.work.arn
}
