resource "aws_sqs_queue" "x" {
  name = "feeds"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:111122223333:feeds", Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:s3:::feeds" } } },
    ]
  })
}
