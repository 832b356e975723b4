resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.f.function_name
  function_version = "1"
}
resource "aws_lambda_function_event_invoke_config" "good" {
  function_name = aws_lambda_function.f.function_name
  destination_config {
    on_failure { destination = "arn:aws:sqs:us-east-1:111122223333:d" }
  }
}
resource "aws_lambda_function_event_invoke_config" "alias" {
  function_name          = aws_lambda_function.f.function_name
  qualifier              = aws_lambda_alias.live.name
  maximum_retry_attempts = 0
}
