# A topic calls a function that admits it.
# Source: SNS: Prerequisites for subscribing Lambda functions; Terraform aws_lambda_permission with SNS.

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sns_topic_subscription" "work" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "bell" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.bell.arn
}
