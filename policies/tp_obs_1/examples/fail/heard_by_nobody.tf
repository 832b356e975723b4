resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.failed.name }
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  alarm_actions       = [] # expect: fail
}

resource "aws_cloudwatch_metric_alarm" "trade" {
  for_each            = toset(["Errors", "Throttles"])
  alarm_name          = "trade-${each.key}"
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  dimensions          = { FunctionName = aws_lambda_function.trade.function_name }
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alarms"]
}

resource "aws_cloudwatch_metric_alarm" "duration" {
  alarm_name          = "trade-duration"
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  dimensions          = { FunctionName = aws_lambda_function.trade.function_name }
  comparison_operator = "LessThanThreshold" # expect: fail
  evaluation_periods  = 1
  period              = 60
  statistic           = "Maximum"
  threshold           = 5000
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alarms"]
}
