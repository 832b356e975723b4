resource "aws_lambda_function" "migrate" {
  function_name = "migrate"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
action "aws_cloudfront_create_invalidation" "all" {
  config {
    distribution_id = "E1"
    paths           = ["/*"]
  }
}
action "aws_lambda_invoke" "migrate" {
  config {
    function_name   = aws_lambda_function.migrate.function_name
    qualifier       = aws_lambda_function.migrate.version
    invocation_type = "DryRun"
    payload         = jsonencode({})
  }
}
