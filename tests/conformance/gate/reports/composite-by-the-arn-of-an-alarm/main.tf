resource "aws_sqs_queue" "dlq" { name = "dlq" }
resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 3 })
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "a"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dlq.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
}
resource "aws_cloudwatch_composite_alarm" "c" {
  alarm_name    = "c"
  alarm_rule    = <<-EOT
    (ALARM(${aws_cloudwatch_metric_alarm.a.arn}) AND NOT INSUFFICIENT_DATA(other))
    OR ALARM("third one")
  EOT
  alarm_actions = ["arn:aws:sns:us-east-1:111122223333:t"]
}
