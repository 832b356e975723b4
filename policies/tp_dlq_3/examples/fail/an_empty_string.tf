resource "aws_sqs_queue" "quote" {
  name           = "quote"
  redrive_policy = "" # expect: fail
}

resource "aws_lambda_event_source_mapping" "quote" {
  event_source_arn = aws_sqs_queue.quote.arn
  function_name    = "quote"
}
