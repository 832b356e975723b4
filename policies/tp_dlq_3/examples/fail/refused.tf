resource "aws_sqs_queue" "ordered" {
  name       = "ordered.fifo"
  fifo_queue = true
}

resource "aws_sqs_queue" "closed" {
  name                 = "closed"
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" }) # expect: fail
}

resource "aws_sqs_queue" "quote" {
  name = "quote"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.ordered.arn # expect: fail
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "book" {
  name           = "book"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.closed.arn, maxReceiveCount = 5 })
}

resource "aws_lambda_event_source_mapping" "quote" {
  event_source_arn = aws_sqs_queue.quote.arn
  function_name    = "quote"
}

resource "aws_lambda_event_source_mapping" "book" {
  event_source_arn = aws_sqs_queue.book.arn
  function_name    = "book"
}
