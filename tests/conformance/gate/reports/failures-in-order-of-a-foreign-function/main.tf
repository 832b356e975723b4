resource "aws_sqs_queue" "d" {
  name       = "d.fifo"
  fifo_queue = true
}
resource "aws_lambda_function_event_invoke_config" "c" {
  function_name = "f"
  destination_config {
    on_failure { destination = aws_sqs_queue.d.arn }
  }
}
