resource "aws_iam_policy" "p" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:${data.aws_caller_identity.me.account_id}:q" }] })
}
data "aws_caller_identity" "me" {}
