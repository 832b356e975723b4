locals {
  names = toset(["a", "b"])
}
resource "aws_lambda_function" "f" {
  for_each      = local.names
  function_name = each.key
  role          = "arn:aws:iam::123456789012:role/r"
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.g.name
  }
}
resource "aws_cloudwatch_log_group" "g" {
  name_prefix       = "/shared/"
  retention_in_days = 90
}
