variable "environment_suffix" {
  default = "dev"
}

resource "aws_lambda_function" "trade" {
  function_name = "lambda-trade-${var.environment_suffix}"
  role          = "x"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/${aws_lambda_function.trade.function_name}"
}
