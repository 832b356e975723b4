data "aws_caller_identity" "me" {}

resource "aws_iam_policy" "a" {
  name   = "a"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "dynamodb:PutItem", Resource = "arn:aws:dynamodb:us-east-1:${data.aws_caller_identity.me.account_id}:table/*" }] })
}
