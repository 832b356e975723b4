data "aws_caller_identity" "me" {}

resource "aws_lambda_permission" "logs" {
  action         = "lambda:InvokeFunction"
  function_name  = "feed"
  principal      = "logs.amazonaws.com"
  source_account = data.aws_caller_identity.me.account_id
}
