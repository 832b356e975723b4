variable "environment_suffix" {
  default = "dev"
}

resource "aws_lambda_function" "first" {
  function_name = "trade-lambda-${var.environment_suffix}" # expect: fail
  role          = "x"
}

resource "aws_dynamodb_table" "last" {
  name     = "table-${var.environment_suffix}-market" # expect: fail
  hash_key = "pk"
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
