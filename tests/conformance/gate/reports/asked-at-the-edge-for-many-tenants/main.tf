resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_cloudfront_multitenant_distribution" "d" {
  default_cache_behavior {
    target_origin_id = "o"
    lambda_function_association {
      event_type          = "viewer-request"
      lambda_function_arn = aws_lambda_function.feed.qualified_arn
    }
  }
}
