resource "aws_lambda_event_source_mapping" "quote" {
  event_source_arn = "arn:aws:sqs:us-east-1:123456789012:quotes" # expect: unknown
  function_name    = "quote"
}
