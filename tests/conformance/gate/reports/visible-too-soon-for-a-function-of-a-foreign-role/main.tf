resource "aws_sqs_queue" "q" {
  name                       = "q"
  visibility_timeout_seconds = 20
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  timeout       = 60
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = aws_lambda_function.f.function_name
  event_source_arn = aws_sqs_queue.q.arn
}
