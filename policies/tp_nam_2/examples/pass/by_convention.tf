variable "environment_suffix" {
  type = string
}

data "aws_caller_identity" "current" {}

resource "aws_lambda_function" "trade" {
  function_name = "lambda-trade-${var.environment_suffix}"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/lambda-trade-${var.environment_suffix}"
}

resource "aws_sqs_queue" "trade" {
  name       = "queue-trade-dlq-${var.environment_suffix}.fifo"
  fifo_queue = true
}

resource "aws_kms_alias" "data" {
  name          = "alias/key-data-${var.environment_suffix}"
  target_key_id = "x"
}

resource "aws_s3_bucket" "tiles" {
  bucket = "bucket-tiles-${data.aws_caller_identity.current.account_id}-${var.environment_suffix}"
}

resource "aws_cloudwatch_event_bus" "market" {
  name = "bus-market-data-${var.environment_suffix}"
}
