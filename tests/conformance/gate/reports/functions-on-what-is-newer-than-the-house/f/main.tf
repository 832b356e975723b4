variable "name" { type = string }
variable "runtime" {
  type    = string
  default = "python3.11"
}
resource "aws_lambda_function" "f" {
  function_name = var.name
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = var.runtime
  filename      = "f.zip"
}
