# A stream feeds a function whose role has AWS's policy for it.
# Source: Lambda: Process Kinesis records, AWSLambdaKinesisExecutionRole.

resource "aws_kinesis_stream" "ticks" {
  name        = "ticks"
  shard_count = 1
}

resource "aws_iam_role_policy_attachment" "reads" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole"
}

resource "aws_lambda_event_source_mapping" "ticks" {
  event_source_arn  = aws_kinesis_stream.ticks.arn
  function_name     = aws_lambda_function.work.function_name
  starting_position = "TRIM_HORIZON"
}
