resource "aws_iam_policy" "most" {
  name   = "policy-most"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["dynamodb:?utItem"], Resource = "arn:aws:dynamodb:us-east-1:111122223333:table/t" }] })
}
