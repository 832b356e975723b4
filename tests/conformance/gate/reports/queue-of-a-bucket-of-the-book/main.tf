resource "aws_sqs_queue_policy" "it" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/q"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = ["SQS:SendMessage"], Resource = "arn:aws:sqs:eu-west-1:111122223333:q", Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:*:*:trades" }, StringEquals = { "aws:SourceAccount" = "111122223333" } } }]
  })
}
