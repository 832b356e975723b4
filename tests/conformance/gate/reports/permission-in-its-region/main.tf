provider "aws" { region = "us-east-1" }
resource "aws_lambda_function" "f" {
  region        = "us-west-2"
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_lambda_permission" "p" {
  region        = "us-west-2"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.r.arn
}
resource "aws_cloudwatch_event_rule" "r" {
  region        = "us-west-2"
  name          = "r"
  event_pattern = jsonencode({ source = ["feeds"] })
}
resource "aws_cloudwatch_event_target" "t" {
  region = "us-west-2"
  rule   = aws_cloudwatch_event_rule.r.name
  arn    = aws_lambda_function.f.arn
}
