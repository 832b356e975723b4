resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_apigatewayv2_integration" "http" {
  api_id                 = "a1"
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.feed.invoke_arn
  payload_format_version = "2.0"
}
resource "aws_sns_topic_subscription" "s" {
  for_each  = toset(["arn:aws:sns:eu-west-1:111122223333:a", "arn:aws:sns:eu-west-1:111122223333:b"])
  topic_arn = each.value
  protocol  = "lambda"
  endpoint  = "arn:aws:lambda:eu-west-1:111122223333:function:${aws_lambda_function.feed.function_name}"
}
