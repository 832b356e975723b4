resource "aws_lambda_function" "f" {
  function_name = "f"
  publish       = true
}

resource "aws_cloudfront_distribution" "d" {
  enabled = true
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.f.qualified_arn
    }
  }
}
