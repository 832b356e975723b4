resource "aws_iam_policy" "this" {
  name = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action = ["sqs:*Batch"]
      Resource = "arn:aws:sqs:us-east-1:111122223333:trades"
    }]
  })
}
