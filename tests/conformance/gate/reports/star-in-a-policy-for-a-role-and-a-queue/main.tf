locals {
  text = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }] })
}

resource "aws_iam_role_policy" "send" {
  name   = "send"
  role   = "feed"
  policy = local.text
}
