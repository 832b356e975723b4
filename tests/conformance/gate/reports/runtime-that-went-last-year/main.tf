resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
  role          = "r"
  handler       = "a.b"
  runtime       = lookup({ py = "python3.9" }, "py")
}
