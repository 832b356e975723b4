resource "aws_lambda_permission" "rules" {
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal     = "events.amazonaws.com"
}
