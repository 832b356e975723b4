locals {
  runtimes = ["nodejs20.x", "python3.11"]
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "r"
  runtime       = local.runtimes[0]
}
