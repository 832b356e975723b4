resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_cloudwatch_dashboard" "r" {
  dashboard_name = "r"
  dashboard_body = jsonencode({ widgets = [{ type = "custom", properties = { endpoint = aws_lambda_function.feed.arn, updateOn = { refresh = true } } }] })
}
