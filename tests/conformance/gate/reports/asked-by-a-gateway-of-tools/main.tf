resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_bedrockagentcore_gateway_target" "t" {
  name               = "t"
  gateway_identifier = "g"
  target_configuration {
    mcp {
      lambda {
        lambda_arn = aws_lambda_function.feed.arn
      }
    }
  }
}
