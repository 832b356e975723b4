variable "environment_suffix" {
  default = "dev"
}

resource "aws_lambda_function" "first" {
  function_name = "trade-lambda-${var.environment_suffix}" # expect: fail
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_dynamodb_table" "last" {
  name         = "table-${var.environment_suffix}-market" # expect: fail
  hash_key     = "pk"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_sqs_queue" "bare" {
  name = "queue-${var.environment_suffix}" # expect: fail
}

resource "aws_sqs_queue" "shouted" {
  name = "queue-Trade_DLQ-${var.environment_suffix}" # expect: fail
}

resource "aws_iam_role" "unnamed" { # expect: fail
  assume_role_policy = "{}"
}
