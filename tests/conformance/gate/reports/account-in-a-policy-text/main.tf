resource "aws_iam_role_policy" "send" {
  name = "send"
  role = "feed"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:111122223333:work" }]
  })
}
