variable "region" {}
resource "aws_sqs_queue" "d" {
  region = var.region
  name   = "d"
}
resource "aws_sqs_queue" "q" {
  region         = var.region
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.d.arn, maxReceiveCount = 3 })
}
resource "aws_cloudwatch_metric_alarm" "a" {
  region              = var.region
  alarm_name          = "a"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.d.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:${var.region}:111122223333:t"]
}
