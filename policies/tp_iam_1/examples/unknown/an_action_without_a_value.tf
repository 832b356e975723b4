variable "action" {
  type = string
}

resource "aws_iam_role_policy" "trade" {
  role = "trade"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = [var.action], Resource = "arn:aws:sqs:us-east-1:123456789012:q" }] # expect: unknown
  })
}

resource "aws_iam_policy" "in_lower_case" {
  name   = "in-lower-case"
  policy = jsonencode({ statement = [{ effect = "Allow", action = "*", resource = "*" }] }) # expect: unknown
}

resource "aws_iam_policy" "a_key_that_no_statement_has" {
  name = "a-key-that-no-statement-has"
  policy = jsonencode({ Statement = [{
    Effect   = "Allow"
    Actions  = "*" # expect: unknown
    Resource = "arn:aws:s3:::prices/today"
  }] })
}

resource "aws_iam_policy" "without_statements" {
  name   = "without-statements"
  policy = jsonencode({ Version = "2012-10-17" }) # expect: unknown
}
