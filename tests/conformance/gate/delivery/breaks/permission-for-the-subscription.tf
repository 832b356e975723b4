# The permission names the subscription; SNS calls as the topic.
# Source: hashicorp/terraform, issue 2885.
# Stops at: aws_sns_topic_subscription.told, aws_lambda_permission.placed, aws_lambda_function.work

resource "aws_sns_topic" "told" {
  name = "told"
}

resource "aws_lambda_permission" "placed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic_subscription.told.arn
}

resource "aws_sns_topic_subscription" "told" {
  topic_arn = aws_sns_topic.told.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.work.arn
}
