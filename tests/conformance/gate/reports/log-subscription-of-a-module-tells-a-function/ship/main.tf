variable "groups" { type = list(string) }
resource "aws_lambda_function" "ship" {
  function_name = "ship"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_cloudwatch_log_subscription_filter" "s" {
  count           = length(var.groups)
  name            = "ship-${count.index}"
  log_group_name  = element(var.groups, count.index)
  filter_pattern  = ""
  destination_arn = aws_lambda_function.ship.arn
}
