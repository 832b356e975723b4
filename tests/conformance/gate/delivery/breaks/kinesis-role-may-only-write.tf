# The role may put records, not get them.
# Source: Lambda: Process Kinesis records, execution role.
# Stops at: aws_lambda_event_source_mapping.ticks, aws_iam_role.work, aws_iam_role_policy.writes

resource "aws_kinesis_stream" "ticks" {
  name        = "ticks"
  shard_count = 1
}

resource "aws_iam_role_policy" "writes" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kinesis:Put*", Resource = aws_kinesis_stream.ticks.arn }] })
}

resource "aws_lambda_event_source_mapping" "ticks" {
  event_source_arn  = aws_kinesis_stream.ticks.arn
  function_name     = aws_lambda_function.work.function_name
  starting_position = "TRIM_HORIZON"
}
