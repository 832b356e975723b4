variable "dead_letter_target_arn" {
  type    = string
  default = null
}
resource "aws_lambda_function" "this" {
  count         = 1
  function_name = "f"
  role          = aws_iam_role.r.arn
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  dynamic "dead_letter_config" {
    for_each = var.dead_letter_target_arn == null ? [] : [true]
    content {
      target_arn = var.dead_letter_target_arn
    }
  }
}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_iam_role_policy" "d" {
  count = var.dead_letter_target_arn != null ? 1 : 0
  role  = aws_iam_role.r.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = var.dead_letter_target_arn }]
  })
}
output "arn" { value = try(aws_lambda_function.this[0].arn, "") }
