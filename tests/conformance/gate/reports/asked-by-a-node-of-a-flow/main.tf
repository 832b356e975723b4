resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_bedrockagent_flow" "f" {
  name               = "f"
  execution_role_arn = "arn:aws:iam::111122223333:role/f"
  definition {
    node {
      name = "l"
      type = "LambdaFunction"
      configuration {
        lambda_function {
          lambda_arn = aws_lambda_function.feed.arn
        }
      }
    }
  }
}
