resource "aws_sns_topic_policy" "x" {
  arn = "arn:aws:sns:us-east-1:111122223333:ops"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "cloudwatch.amazonaws.com" }, Action = "sns:Publish", Resource = "arn:aws:sns:us-east-1:111122223333:ops", Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudwatch:*:111122223333:alarm:*" } } },
    ]
  })
}
