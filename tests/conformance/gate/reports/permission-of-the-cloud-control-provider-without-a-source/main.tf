resource "awscc_lambda_permission" "t" {
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal     = "sns.amazonaws.com"
}
