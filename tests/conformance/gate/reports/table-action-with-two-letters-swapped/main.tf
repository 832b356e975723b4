resource "aws_iam_role_policy" "p" {
  role = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["dyanmodb:PutItem"], Resource = "arn:aws:dynamodb:us-east-1:111122223333:table/t" }] })
}
