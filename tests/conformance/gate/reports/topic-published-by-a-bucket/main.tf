resource "aws_sns_topic" "drops" {
  name = "drops"
}

resource "aws_sns_topic_policy" "drops" {
  arn = aws_sns_topic.drops.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.drops.arn
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:::acme-drops" } }
    }]
  })
}
