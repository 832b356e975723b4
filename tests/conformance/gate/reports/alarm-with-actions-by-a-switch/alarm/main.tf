variable "topic" {}
variable "actions_enabled" {
  type    = bool
  default = false
}
resource "aws_sqs_queue" "dlq" { name = "dlq" }
resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 3 })
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "a"
  actions_enabled     = var.actions_enabled
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dlq.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = compact([var.topic])
}
