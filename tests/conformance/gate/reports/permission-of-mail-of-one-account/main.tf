resource "aws_lambda_permission" "x" {
  statement_id  = "x"
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal = "ses.amazonaws.com"
  source_account = "111122223333"
}
