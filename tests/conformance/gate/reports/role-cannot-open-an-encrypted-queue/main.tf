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

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_sqs_queue" "work" {
  name                       = "work"
  kms_master_key_id          = aws_kms_key.data.arn
  visibility_timeout_seconds = 60
}

resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn = aws_sqs_queue.work.arn
  function_name    = aws_lambda_function.feed.arn
}
