resource "aws_iam_role" "feed" {
  name = "feed"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "feed" {
  name = "feed"
  role = aws_iam_role.feed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/feed:*" },
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.work.arn },
    ]
  })
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = aws_iam_role.feed.arn
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  publish       = true
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "work" {
  name                       = "work"
  visibility_timeout_seconds = 60
}

resource "aws_sqs_queue_redrive_policy" "work" {
  queue_url = aws_sqs_queue.work.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.lost.arn
    maxReceiveCount     = "5"
  })
}

resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn = aws_sqs_queue.work.arn
  function_name    = aws_lambda_function.feed.arn
}
