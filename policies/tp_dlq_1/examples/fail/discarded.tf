resource "aws_lambda_function" "targeted" { # expect: fail
  function_name = "targeted"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_cloudwatch_event_target" "targeted" {
  rule = "market"
  arn  = aws_lambda_function.targeted.arn
}

resource "aws_lambda_event_source_mapping" "targeted" {
  event_source_arn = "arn:aws:sqs:us-east-1:123456789012:q"
  function_name    = aws_lambda_function.targeted.arn
}

resource "aws_lambda_function" "anyone" { # expect: fail
  function_name = "anyone"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_lambda_function" "success_only" { # expect: fail
  function_name = "success_only"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
}

resource "aws_lambda_function_event_invoke_config" "success_only" {
  function_name = aws_lambda_function.success_only.function_name
  destination_config {
    on_success {
      destination = "arn:aws:sqs:us-east-1:123456789012:q"
    }
  }
}
