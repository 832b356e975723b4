resource "aws_ecr_repository_policy" "it" {
  repository = "r"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Condition = { StringLike = { "aws:sourceARN" = "arn:aws:lambda:us-east-1:111122223333:function:*" } } }]
  })
}
