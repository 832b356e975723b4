resource "aws_sqs_queue" "q" {
  name = "q"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  timeout       = 60
  memory_size   = 512
}

resource "aws_lambda_event_source_mapping" "q" {
  for_each         = { q = aws_sqs_queue.q.arn }
  event_source_arn = each.value
  function_name    = aws_lambda_function.f.arn
}
