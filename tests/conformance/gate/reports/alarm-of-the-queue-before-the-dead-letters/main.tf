resource "aws_sqs_queue" "trades" {
  name           = "trades"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 4 })
}

resource "aws_sqs_queue" "dead" {
  name = "trades-dead"
}

resource "aws_sns_topic" "people" {
  name = "people"
}

resource "aws_cloudwatch_metric_alarm" "dead" {
  alarm_name          = "trades-dead"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.trades.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.people.arn]
}
