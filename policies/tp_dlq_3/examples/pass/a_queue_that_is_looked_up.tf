data "aws_sqs_queue" "central" {
  name = "central"
}

resource "aws_sqs_queue" "quote" {
  name           = "quote"
  redrive_policy = jsonencode({ deadLetterTargetArn = data.aws_sqs_queue.central.arn, maxReceiveCount = 5 })
}

resource "aws_lambda_event_source_mapping" "quote" {
  event_source_arn = aws_sqs_queue.quote.arn
  function_name    = "quote"
}
