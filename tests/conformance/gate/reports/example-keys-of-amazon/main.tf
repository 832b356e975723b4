provider "aws" {
  region = var.r
}
variable "r" {
  type = string
}
resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
  role = "r"
  runtime = "python3.11"
  handler = "a.b"
  timeout = 3
  memory_size = 128
  filename = "a.zip"
  environment {
    variables = {
AWS_KEY_EXAMPLE = "AKIAIOSFODNN7EXAMPLE"
    }
  }
}
