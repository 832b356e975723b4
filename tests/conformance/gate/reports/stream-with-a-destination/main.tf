resource "aws_iam_role" "feed" {
  name = "feed"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "feed" {
  name = "feed"
  role = aws_iam_role.feed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/feed:*" },
      { Effect = "Allow", Action = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:ListShards"], Resource = aws_kinesis_stream.ticks.arn }, { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.lost.arn },
    ]
  })
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = aws_iam_role.feed.arn
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  publish       = true
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
}

resource "aws_kinesis_stream" "ticks" {
  name        = "ticks"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "ticks" {
  event_source_arn  = aws_kinesis_stream.ticks.arn
  function_name     = aws_lambda_function.feed.arn
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.lost.arn
    }
  }
}
