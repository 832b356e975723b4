variable "environment" {
  type    = map(string)
  default = {}
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  dynamic "environment" {
    for_each = length(var.environment) > 0 ? [var.environment] : []
    content { variables = environment.value }
  }
}
