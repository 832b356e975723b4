resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue" "quote" {
  name = "quote"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
}

resource "aws_lambda_event_source_mapping" "quote" {
  event_source_arn = aws_sqs_queue.quote.arn
  function_name    = "quote"
}

resource "aws_sqs_queue" "book" {
  name = "book"
}

resource "aws_sqs_queue_redrive_policy" "book" {
  queue_url      = aws_sqs_queue.book.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })
}

resource "aws_lambda_event_source_mapping" "book" {
  event_source_arn = aws_sqs_queue.book.arn
  function_name    = "book"
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

resource "aws_lambda_event_source_mapping" "stream" {
  event_source_arn  = aws_dynamodb_table.market.stream_arn
  function_name     = "stream"
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.dead.arn
    }
  }
}
