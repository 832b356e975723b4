resource "aws_cloudwatch_event_target" "trade" {
  rule = "trade"
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:trade"
  dead_letter_config {
    arn = "arn:aws:sqs:us-east-1:123456789012:central-dlq" # expect: unknown
  }
}
