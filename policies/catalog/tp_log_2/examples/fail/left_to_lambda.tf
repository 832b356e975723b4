resource "aws_lambda_function" "trade" { # expect: fail
  function_name = "trade"
  role          = "x"
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "/aws/lambda/trades"
}

resource "aws_lambda_function" "quote" {
  function_name = "quote"
  role          = "x"
  logging_config {
    log_format = "JSON"
    log_group  = "/market/quotes" # expect: fail
  }
}
