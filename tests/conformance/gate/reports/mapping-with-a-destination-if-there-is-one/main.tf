resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_kinesis_stream" "quotes" {
  name        = "quotes"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "quotes" {
  event_source_arn  = aws_kinesis_stream.quotes.arn
  function_name     = "quotes"
  starting_position = "LATEST"
  dynamic "destination_config" {
    for_each = [for arn in [aws_sqs_queue.failed.arn] : arn if arn != ""]
    content {
      on_failure {
        destination_arn = destination_config.value
      }
    }
  }
}
