# The usual wide statement about logs.
# Source: Lambda: Defining permissions with an execution role; serverless frameworks' default statement.

resource "aws_iam_role" "wide" {
  name               = "wide"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }, Action = ["sts:AssumeRole"] }] })
}

resource "aws_iam_role_policy" "wide" {
  role   = aws_iam_role.wide.name
  policy = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], Resource = "arn:aws:logs:*:*:*" } })
}

resource "aws_lambda_function" "wide" {
  function_name = "wide"
  role          = aws_iam_role.wide.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"
}
