resource "aws_lambda_permission" "x" {
  statement_id  = "x"
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal = "alexa-appkit.amazon.com"
  event_source_token = "amzn1.ask.skill.12345678-1234-1234-1234-123456789012"
}
