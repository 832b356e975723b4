resource "aws_lambda_permission" "any" {
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal     = "*"
}
