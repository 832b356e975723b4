resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_ecs_service" "s" {
  name = "s"
  deployment_configuration {
    strategy = "BLUE_GREEN"
    lifecycle_hook {
      hook_target_arn  = aws_lambda_function.feed.arn
      role_arn         = "arn:aws:iam::111122223333:role/e"
      lifecycle_stages = ["POST_SCALE_UP"]
    }
  }
}
