resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_iot_provisioning_template" "own" {
  name                  = "own"
  provisioning_role_arn = "arn:aws:iam::111122223333:role/feed"
  template_body         = "{}"
  pre_provisioning_hook {
    target_arn = aws_lambda_function.feed.arn
  }
}
