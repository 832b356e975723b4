resource "aws_sns_topic_policy" "it" {
  arn = "arn:aws:sns:eu-west-1:111122223333:t"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "cloudwatch.amazonaws.com" }, Action = "SNS:Publish", Resource = "arn:aws:sns:eu-west-1:111122223333:t", Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*" } } }]
  })
}
