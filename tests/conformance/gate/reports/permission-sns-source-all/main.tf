resource "aws_lambda_permission" "sns" {
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:aws:sns:*:*:*"
}
