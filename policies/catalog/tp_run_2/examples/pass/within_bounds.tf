variable "timeout" {
  default = 30
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  role          = "x"
  timeout       = var.timeout
  memory_size   = 512
}
