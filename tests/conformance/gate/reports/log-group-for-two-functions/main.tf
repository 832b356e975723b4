locals {
  names = toset(["a", "b"])
}

resource "aws_lambda_function" "f" {
  for_each      = local.names
  function_name = "feed-${each.key}"
}

resource "aws_cloudwatch_log_group" "f" {
  for_each          = aws_lambda_function.f
  name              = "/aws/lambda/${each.value.function_name}"
  retention_in_days = 30
}
