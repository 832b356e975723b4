data "aws_caller_identity" "me" {}

resource "aws_sqs_queue" "dlq" {
  name = "dlq"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  dead_letter_config {
    target_arn = "arn:aws:sqs:us-east-1:${data.aws_caller_identity.me.account_id}:${aws_sqs_queue.dlq.name}"
  }
}

resource "aws_cloudwatch_event_target" "t" {
  rule = "r"
  arn  = aws_lambda_function.f.arn
}
