# A pipe whose role may write to its dead-letter queue.
# Source: aws-samples/serverless-patterns, issue 1543.

resource "aws_kinesis_stream" "tape" {
  name        = "tape"
  shard_count = 1
}

resource "aws_sqs_queue" "to" {
  name = "to"
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
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
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:ListStreams"], Resource = aws_kinesis_stream.tape.arn },
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = [aws_sqs_queue.to.arn, aws_sqs_queue.failed.arn] },
    ]
  })
}

resource "aws_pipes_pipe" "tape" {
  name     = "tape"
  role_arn = aws_iam_role.pipe.arn
  source   = aws_kinesis_stream.tape.arn
  target   = aws_sqs_queue.to.arn

  source_parameters {
    kinesis_stream_parameters {
      starting_position      = "LATEST"
      maximum_retry_attempts = 3
      dead_letter_config {
        arn = aws_sqs_queue.failed.arn
      }
    }
  }
}
