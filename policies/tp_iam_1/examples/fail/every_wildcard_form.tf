resource "aws_iam_role_policy" "trade" {
  role = "trade"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "*" # expect: fail
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "dynamodb:GetItem",
          "dynamodb:*",      # expect: fail
          "s3:Put*",         # expect: fail
          "sqs:Send?essage", # expect: fail
        ]
        Resource = "*"
      },
      {
        Effect    = "Allow"
        NotAction = ["iam:PassRole"] # expect: fail
        Resource  = "*"
      },
    ]
  })
}
