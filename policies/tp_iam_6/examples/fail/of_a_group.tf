resource "aws_iam_user" "build" {
  name = "build"
}

resource "aws_iam_group" "builders" {
  name = "builders"
}

resource "aws_iam_group_membership" "builders" {
  name  = "builders"
  users = [aws_iam_user.build.name]
  group = aws_iam_group.builders.name
}

resource "aws_iam_group_policy" "builders" {
  group = aws_iam_group.builders.name
  policy = jsonencode({ # expect: fail
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:CreateGrant", Resource = "arn:aws:kms:us-east-1:123456789012:key/seal" }]
  })
}
