resource "aws_sqs_queue" "quote" { # expect: fail
  name = "quote"
}

resource "aws_lambda_event_source_mapping" "quote" {
  event_source_arn = aws_sqs_queue.quote.arn
  function_name    = "quote"
}

resource "aws_dynamodb_table" "market" {
  name         = "market"
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "stream" { # expect: fail
  event_source_arn  = aws_dynamodb_table.market.stream_arn
  function_name     = "stream"
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "elsewhere" { # expect: fail
  event_source_arn  = "arn:aws:kinesis:us-east-1:123456789012:stream/ticks"
  function_name     = "ticks"
  starting_position = "LATEST"
}
