resource "aws_kinesis_stream" "s" {
  name        = "s"
  shard_count = 1
}

resource "aws_pipes_pipe" "p" {
  name     = "p"
  role_arn = "arn:aws:iam::111122223333:role/p"
  source   = aws_kinesis_stream.s.arn
  target   = "arn:aws:sqs:us-east-1:111122223333:q"
  source_parameters {
    kinesis_stream_parameters {
      starting_position      = "LATEST"
      maximum_retry_attempts = 3
    }
  }
}
