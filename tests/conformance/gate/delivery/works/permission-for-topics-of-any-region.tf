# A function admits a topic in whichever region.
# Source: aws-cloudformation/cloudformation-coverage-roadmap, issue 431.

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_lambda_permission" "bell" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:aws:sns:*:${data.aws_caller_identity.me.account_id}:bell"
}

resource "aws_sns_topic_subscription" "work" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.work.arn
}
