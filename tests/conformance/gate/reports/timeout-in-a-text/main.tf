resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "r"
  timeout       = "900"
  memory_size   = "512"
}
