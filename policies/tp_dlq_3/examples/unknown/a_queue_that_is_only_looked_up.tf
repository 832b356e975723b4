# What feeds the mapping belongs to somebody else; a data source does not tell what it does with failures.
data "aws_sqs_queue" "trade" {
  name = "trade"
}

resource "aws_lambda_event_source_mapping" "trade" {
  event_source_arn = data.aws_sqs_queue.trade.arn # expect: unknown
  function_name    = "trade"
}
