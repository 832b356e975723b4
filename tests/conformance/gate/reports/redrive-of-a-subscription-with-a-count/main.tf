resource "aws_sns_topic" "t" { name = "topic-t" }
resource "aws_sqs_queue" "q" { name = "queue-q" }
resource "aws_sqs_queue" "dead" {
  name = "queue-dead"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = "*", Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.t.arn } } }] })
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol = "sqs"
  endpoint = aws_sqs_queue.q.arn
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })
}
