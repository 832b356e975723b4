# A mapping reads through a registered consumer.
# Source: Lambda: Kinesis enhanced fan-out consumers.

resource "aws_kinesis_stream" "ticks" {
  name = "ticks"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream_consumer" "ticks" {
  name       = "ticks"
  stream_arn = aws_kinesis_stream.ticks.arn
}

resource "aws_iam_role_policy_attachment" "reads" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole"
}

resource "aws_lambda_event_source_mapping" "ticks" {
  event_source_arn  = aws_kinesis_stream_consumer.ticks.arn
  function_name     = aws_lambda_function.work.arn
  starting_position = "LATEST"
}
