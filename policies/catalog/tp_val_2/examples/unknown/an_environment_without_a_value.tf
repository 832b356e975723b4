variable "environment" {
  type = map(string)
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "x"
  environment {
    variables = var.environment # expect: unknown
  }
}
