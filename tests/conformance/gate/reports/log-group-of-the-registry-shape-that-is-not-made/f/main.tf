variable "use_existing_cloudwatch_log_group" {
  type    = bool
  default = false
}
locals {
  log_group_arn = try(data.aws_cloudwatch_log_group.lambda[0].arn, aws_cloudwatch_log_group.lambda[0].arn, "")
}
data "aws_cloudwatch_log_group" "lambda" {
  count = var.use_existing_cloudwatch_log_group ? 1 : 0
  name  = "/aws/lambda/f"
}
resource "aws_cloudwatch_log_group" "lambda" {
  count             = var.use_existing_cloudwatch_log_group ? 0 : 1
  name              = "/aws/lambda/f"
  retention_in_days = 90
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
