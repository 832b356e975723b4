resource "aws_sqs_queue" "q" {
  name                       = "q"
  visibility_timeout_seconds = 360
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "arn:aws:lambda:us-east-1:111122223333:function:f"
  event_source_arn = aws_sqs_queue.q.arn
}
