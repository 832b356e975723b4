resource "aws_sqs_queue" "work" {
  name = "work"
}

resource "aws_kinesis_stream" "ticks" {
  name = "ticks"
}

resource "aws_dynamodb_table" "prices" {
  name           = "prices"
  stream_enabled = true
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn = aws_dynamodb_table.prices.stream_arn
  function_name    = "arn:aws:lambda:us-east-1:111122223333:function:feed"

  filter_criteria {
    filter {
      pattern = jsonencode({ eventName = "INSERT" })
    }
  }
}
