variable "function" {
  type = string
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_lambda_function_event_invoke_config" "some" {
  function_name = var.function # expect: unknown
  destination_config {
    on_failure {
      destination = "arn:aws:sqs:us-east-1:123456789012:q"
    }
  }
}
