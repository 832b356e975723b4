# Failures call another function.
# Source: Lambda: Adding a destination, Lambda function as destination.

resource "aws_lambda_function" "mends" {
  function_name = "mends"
  role          = aws_iam_role.work.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.work.name
  }
}

resource "aws_iam_role_policy" "calls" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.mends.arn }] })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_lambda_function.mends.arn
    }
  }
}
