resource "aws_sns_topic_policy" "x" {
  arn = "arn:aws:sns:us-east-1:111122223333:cost"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "budgets.amazonaws.com" }, Action = "sns:Publish", Resource = "arn:aws:sns:us-east-1:111122223333:cost" },
    ]
  })
}
