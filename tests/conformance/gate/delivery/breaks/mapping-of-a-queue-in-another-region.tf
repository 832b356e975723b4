# A function reads queues of its own region.
# Source: AWS Lambda Developer Guide: Using Lambda with Amazon SQS.
# Stops at: aws_lambda_event_source_mapping.from, aws_sqs_queue.from

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_sqs_queue" "from" {
  provider = aws.west
  name     = "from"
}

resource "aws_iam_role_policy" "reads" {
  name = "reads"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.from.arn },
    ]
  })
}

resource "aws_lambda_event_source_mapping" "from" {
  event_source_arn = aws_sqs_queue.from.arn
  function_name    = aws_lambda_function.work.arn
}
