resource "aws_lambda_permission" "x" {
  statement_id  = "x"
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal = "alexa-appkit.amazon.com"
}
