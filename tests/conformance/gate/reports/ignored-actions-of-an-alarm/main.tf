resource "aws_sns_topic" "t" {
  name = "t"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  timeout       = 30
  memory_size   = 512
  dead_letter_config {
    target_arn = aws_sqs_queue.d.arn
  }
}
resource "aws_sqs_queue" "d" {
  name = "d"
}
resource "aws_cloudwatch_metric_alarm" "x" {
  alarm_name          = "a"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.d.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.t.arn]
  lifecycle {
    ignore_changes = [alarm_actions]
  }
}
