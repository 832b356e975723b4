# The role may read the stream and decrypt what is in it.
# Source: Amazon Kinesis Data Streams Developer Guide, Permissions to use user-generated KMS keys.

resource "aws_kms_key" "own" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kinesis_stream" "s" {
  name            = "s"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.own.arn
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:ListStreams"], Resource = aws_kinesis_stream.s.arn }]
  })
}

resource "aws_iam_role_policy" "key" {
  name = "key"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt"], Resource = aws_kms_key.own.arn }]
  })
}

resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn  = aws_kinesis_stream.s.arn
  function_name     = aws_lambda_function.work.arn
  starting_position = "LATEST"
}
