# A pipe takes a table's stream to a queue, filtered, with a dead-letter queue.
# Source: EventBridge Pipes: Permissions for a DynamoDB stream source.

resource "aws_dynamodb_table" "ticks" {
  name             = "ticks"
  hash_key         = "pk"
  billing_mode     = "PAY_PER_REQUEST"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_sqs_queue" "out" {
  name = "out"
}

resource "aws_sqs_queue" "lost" {
  name = "lost"
}

resource "aws_iam_role" "pipe" {
  name = "pipe"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "pipes.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "pipe" {
  role = aws_iam_role.pipe.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"], Resource = aws_dynamodb_table.ticks.stream_arn },
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = [aws_sqs_queue.out.arn, aws_sqs_queue.lost.arn] },
    ]
  })
}

resource "aws_pipes_pipe" "ticks" {
  name     = "ticks"
  role_arn = aws_iam_role.pipe.arn
  source   = aws_dynamodb_table.ticks.stream_arn
  target   = aws_sqs_queue.out.arn
  source_parameters {
    dynamodb_stream_parameters {
      starting_position = "LATEST"
      dead_letter_config {
        arn = aws_sqs_queue.lost.arn
      }
    }
  }
}
