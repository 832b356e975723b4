variable "dlq" {
  type    = string
  default = null
}
resource "aws_lambda_function" "none" {
  function_name = "a"
  role          = "r"
}
resource "aws_lambda_function" "empty" {
  function_name = "b"
  role          = "r"
  dead_letter_config {
    target_arn = ""
  }
}
resource "aws_lambda_function" "null" {
  function_name = "c"
  role          = "r"
  dead_letter_config {
    target_arn = var.dlq
  }
}
resource "aws_lambda_function" "dynamic" {
  function_name = "d"
  role          = "r"
  dynamic "dead_letter_config" {
    for_each = var.dlq == null ? [] : [1]
    content {
      target_arn = var.dlq
    }
  }
}
resource "aws_lambda_function" "success_only" {
  function_name = "e"
  role          = "r"
}
resource "aws_lambda_function_event_invoke_config" "e" {
  function_name = aws_lambda_function.success_only.function_name
  destination_config {
    on_success {
      destination = "arn:aws:sqs:us-east-1:111122223333:q"
    }
  }
}
resource "aws_lambda_function" "destination" {
  function_name = "f"
  role          = "r"
}
resource "aws_lambda_function_event_invoke_config" "f" {
  function_name = aws_lambda_function.destination.function_name
  destination_config {
    on_failure {
      destination = "arn:aws:sqs:us-east-1:111122223333:q"
    }
  }
}
resource "aws_lambda_function" "polls" {
  function_name = "g"
  role          = "r"
}
resource "aws_lambda_event_source_mapping" "g" {
  function_name    = aws_lambda_function.polls.arn
  event_source_arn = "arn:aws:sqs:us-east-1:111122223333:q"
}
resource "aws_lambda_function" "image" {
  function_name = "h"
  role          = "r"
  package_type  = "Image"
  image_uri     = "x"
}
resource "aws_lambda_function" "api" {
  function_name = "i"
  role          = "r"
}
resource "aws_lambda_permission" "i" {
  function_name = aws_lambda_function.api.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:us-east-1:111122223333:abc/*/GET/x"
}
resource "aws_lambda_function" "edge" {
  function_name = "j"
  role          = "r"
  publish       = true
}
resource "aws_lambda_function" "polls_and_rule" {
  function_name = "k"
  role          = "r"
}
resource "aws_lambda_event_source_mapping" "k" {
  function_name    = aws_lambda_function.polls_and_rule.arn
  event_source_arn = "arn:aws:sqs:us-east-1:111122223333:q"
}
resource "aws_cloudwatch_event_rule" "k" { schedule_expression = "rate(1 hour)" }
resource "aws_cloudwatch_event_target" "k" {
  rule = aws_cloudwatch_event_rule.k.name
  arn  = aws_lambda_function.polls_and_rule.arn
}
