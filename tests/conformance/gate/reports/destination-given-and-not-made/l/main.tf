variable "destination_on_failure" {
  type    = string
  default = null
}
variable "create_async_event_config" {
  type    = bool
  default = false
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_lambda_function_event_invoke_config" "c" {
  for_each      = { for k, v in { current_version = true, unqualified_alias = true } : k => v if var.create_async_event_config && v }
  function_name = aws_lambda_function.f.function_name
  dynamic "destination_config" {
    for_each = var.destination_on_failure != null ? [true] : []
    content {
      dynamic "on_failure" {
        for_each = var.destination_on_failure != null ? [true] : []
        content {
          destination = var.destination_on_failure
        }
      }
    }
  }
}
