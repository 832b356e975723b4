# A FIFO topic does not invoke functions.
# Source: Amazon SNS Developer Guide, FIFO topic message delivery.
# Stops at: aws_sns_topic_subscription.told, aws_sns_topic.told

resource "aws_sns_topic" "told" {
  name       = "told.fifo"
  fifo_topic = true
}

resource "aws_lambda_permission" "placed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.told.arn
}

resource "aws_sns_topic_subscription" "told" {
  topic_arn = aws_sns_topic.told.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.work.arn
}
