# Somebody else may take the redrive policy away, and Terraform leaves it so.
resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_sqs_queue" "trade" {
  name           = "trade"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
  lifecycle {
    ignore_changes = [redrive_policy] # expect: fail
  }
}

resource "aws_lambda_event_source_mapping" "trade" {
  event_source_arn = aws_sqs_queue.trade.arn
  function_name    = "trade"
}
