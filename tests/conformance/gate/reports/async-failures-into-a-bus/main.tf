resource "aws_cloudwatch_event_bus" "b" { name = "failures" }
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_lambda_function_event_invoke_config" "c" {
  function_name = aws_lambda_function.f.arn
  destination_config {
    on_failure { destination = aws_cloudwatch_event_bus.b.arn }
  }
}
