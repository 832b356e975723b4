# AWSLambdaBasicExecutionRole lets a function write to any group.
# Source: AWS Lambda Developer Guide, AWS managed policies for execution roles.

resource "aws_iam_role" "plain" {
  name               = "plain"
  assume_role_policy = aws_iam_role.work.assume_role_policy
}

resource "aws_iam_role_policy_attachment" "plain" {
  role       = aws_iam_role.plain.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_cloudwatch_log_group" "shared" {
  name = "/shared"
}

resource "aws_lambda_function" "logs" {
  function_name = "logs"
  role          = aws_iam_role.plain.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.shared.name
  }
}
