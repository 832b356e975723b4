resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  filename      = "a.zip"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.f.arn
  function_version = aws_lambda_function.f.version
}

resource "aws_cloudwatch_event_rule" "r" {
  name_prefix   = "r-"
  event_pattern = jsonencode({ source = ["a"] })
}

resource "aws_cloudwatch_event_target" "r" {
  rule = aws_cloudwatch_event_rule.r.id
  arn  = aws_lambda_alias.live.arn
}

resource "aws_lambda_permission" "r" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.arn
  qualifier     = "live"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.r.arn
}
