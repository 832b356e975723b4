# Records that failed go to a topic.
# Source: localstack/localstack, pull request 11531.

resource "aws_kinesis_stream" "tape" {
  name        = "tape"
  shard_count = 1
}

resource "aws_sns_topic" "failed" {
  name = "failed"
}

resource "aws_iam_role_policy" "reads" {
  name = "reads"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:ListStreams"], Resource = aws_kinesis_stream.tape.arn },
      { Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.failed.arn },
    ]
  })
}

resource "aws_lambda_event_source_mapping" "tape" {
  event_source_arn  = aws_kinesis_stream.tape.arn
  function_name     = aws_lambda_function.work.arn
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = aws_sns_topic.failed.arn
    }
  }
}
