resource "aws_iam_role" "feed" {
  name = "feed"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "feed" {
  name = "feed"
  role = aws_iam_role.feed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/feed:*" },
    ]
  })
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = aws_iam_role.feed.arn
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  publish       = true
}

resource "aws_ses_receipt_rule" "mail" {
  name          = "mail"
  rule_set_name = "main"
  enabled       = true
  lambda_action {
    function_arn    = aws_lambda_function.feed.arn
    invocation_type = "RequestResponse"
    position        = 1
  }
}
