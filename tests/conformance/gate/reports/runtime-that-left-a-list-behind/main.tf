resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
  role          = "r"
  handler       = "a.b"
  runtime       = "nodejs14.x"
}
