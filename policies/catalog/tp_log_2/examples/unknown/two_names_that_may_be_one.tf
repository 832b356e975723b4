variable "name" {
  type = string
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  role          = "x"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/${var.name}" # expect: unknown
}
