resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = { FEED = "4f3c2a1b9d8e7f60a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718" }
  }
}
