variable "paused" {
  type    = bool
  default = true
}
resource "aws_lambda_function" "f" {
  function_name                  = "f"
  role                           = "r"
  timeout                        = 30
  memory_size                    = 512
  reserved_concurrent_executions = var.paused ? 0 : -1
}
