variable "environment_suffix" { type = string }
resource "aws_sqs_queue" "q" { name = "queue-q-${var.environment_suffix}" }
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "alarm-${split(":", aws_sqs_queue.q.arn)[5]}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
}
