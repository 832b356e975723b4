resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_mailmanager_rule_set" "s" {
  name = "s"
  rule {
    action {
      invoke_lambda {
        function_arn    = aws_lambda_function.feed.arn
        invocation_type = "REQUEST_RESPONSE"
        role_arn        = "arn:aws:iam::111122223333:role/m"
      }
    }
  }
}
