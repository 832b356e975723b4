resource "aws_lambda_function" "trade" {
  function_name = "trade"
  role          = "x"
  runtime       = "python3.11"
}

resource "aws_lambda_function" "old" {
  function_name = "old"
  role          = "x"
  runtime       = "nodejs18.x"
}
