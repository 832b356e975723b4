variable "dlq" {
  type    = string
  default = null
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  dynamic "dead_letter_config" {
    for_each = try(length(var.dlq), 0) > 0 ? [true] : []
    content {
      target_arn = var.dlq
    }
  }
}
