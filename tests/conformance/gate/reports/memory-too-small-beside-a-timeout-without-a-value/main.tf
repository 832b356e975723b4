variable "timeout" { type = number }
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  timeout       = var.timeout
  memory_size   = 128
}
