resource "aws_sqs_queue" "q" {
  name = "q"
}

resource "aws_sqs_queue_policy" "a" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn, Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.a.arn } } }] })
}

resource "aws_sqs_queue_policy" "b" {
  queue_url = aws_sqs_queue.q.url
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn, Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.b.arn } } }] })
}

resource "aws_sns_topic" "a" {
  name = "a"
}

resource "aws_sns_topic" "b" {
  name = "b"
}

resource "aws_sns_topic_subscription" "a" {
  topic_arn = aws_sns_topic.a.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.q.arn
}

resource "aws_sns_topic_subscription" "b" {
  topic_arn = aws_sns_topic.b.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.q.arn
}
