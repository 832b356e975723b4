resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = { DEPLOYED = "d1b0706c4879b31a195d01f3a967e8b35d95cbb7" }
  }
}
