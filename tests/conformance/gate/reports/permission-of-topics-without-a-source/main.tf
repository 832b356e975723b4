resource "aws_lambda_permission" "p" {
  action = "lambda:InvokeFunction"
  function_name = "f"
  principal = "sns.amazonaws.com"
}
