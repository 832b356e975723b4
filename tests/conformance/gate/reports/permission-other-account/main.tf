data "aws_caller_identity" "me" {}

resource "aws_lambda_permission" "whole_account" {
  action        = "lambda:InvokeFunction"
  function_name = "feed"
  principal     = "arn:aws:iam::999988887777:root"
}
