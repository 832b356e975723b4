resource "aws_iam_group_policy" "ops" {
  name  = "ops"
  group = "operators"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:GetRole", "iam:PassRole"]
      Resource = ["arn:aws:iam::111122223333:role/service/config/*"]
    }]
  })
}
