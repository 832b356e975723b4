# No permission.
# Source: SNS: Prerequisites for subscribing Lambda functions.
# Stops at: aws_sns_topic_subscription.work, aws_lambda_function.work

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sns_topic_subscription" "work" {
  topic_arn = aws_sns_topic.bell.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.work.arn
}
