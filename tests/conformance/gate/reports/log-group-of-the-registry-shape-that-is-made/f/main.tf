variable "use_existing_cloudwatch_log_group" {
  type    = bool
  default = false
}
variable "logging_log_group" {
  type    = string
  default = null
}
variable "function_name" {
  type    = string
  default = "f"
}
variable "lambda_at_edge" {
  type    = bool
  default = false
}
data "aws_cloudwatch_log_group" "lambda" {
  count = var.use_existing_cloudwatch_log_group ? 1 : 0
  name  = coalesce(var.logging_log_group, "/aws/lambda/${var.lambda_at_edge ? "us-east-1." : ""}${var.function_name}")
}
resource "aws_cloudwatch_log_group" "lambda" {
  count             = var.use_existing_cloudwatch_log_group ? 0 : 1
  name              = coalesce(var.logging_log_group, "/aws/lambda/${var.lambda_at_edge ? "us-east-1." : ""}${var.function_name}")
  retention_in_days = 90
}
resource "aws_lambda_function" "f" {
  count         = 1
  function_name = var.function_name
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  dynamic "logging_config" {
    for_each = var.logging_log_group == null ? [] : [true]
    content {
      log_format = "Text"
      log_group  = var.logging_log_group
    }
  }
  depends_on = [aws_cloudwatch_log_group.lambda]
}
