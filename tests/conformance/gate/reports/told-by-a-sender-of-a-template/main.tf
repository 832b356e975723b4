resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { P = { Type = "AWS::Cognito::UserPool", Properties = { LambdaConfig = { CustomEmailSender = { LambdaArn = aws_lambda_function.feed.arn, LambdaVersion = "V1_0" } } } } } })
}
