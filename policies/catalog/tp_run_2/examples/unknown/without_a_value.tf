variable "timeout" {
  type = number
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  role          = "x"
  timeout       = var.timeout # expect: unknown
  memory_size   = 512
}
